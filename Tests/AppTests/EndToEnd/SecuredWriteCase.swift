import TestSupport
import Testing

/// A proxy that does not take loads from everybody, and what Prometheus shows to it.
struct SecuredWriteCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// Whether the proxy listens with TLS, and asks for a client's certificate.
  var isMutualTLS = false
  /// The option of the proxy that names a file, and what is in it.
  var proxyFile: (option: String, contents: String)?
  /// What Prometheus has in `secret`.
  var secret = ""
  /// Prometheus' settings. `DIRECTORY` stands for where `secret` is, the others for files of certificates.
  var settings: String
  /// A metric of Prometheus that counts what was not taken; `nil` where all is taken.
  var failures: String?

  private static let failed = "prometheus_remote_storage_samples_failed_total"
  private static let retried = "prometheus_remote_storage_samples_retried_total"
  private static let tokens = ("--bearer-token-file", "one\ntwo\n")
  // The password is "correct".
  private static let users = ("--basic-auth-file", "agent:{SHA}MXmmXv8lI7veU8mbKZtxnBCjUjU=\n")
  private static let bearer = "authorization: { credentials_file: DIRECTORY/secret }"
  private static let basic = "basic_auth: { username: agent, password_file: DIRECTORY/secret }"

  /// Who may write.
  static let accepted = [
    SecuredWriteCase(
      testDescription: "mutual TLS", isMutualTLS: true,
      settings: "tls_config: { ca_file: AUTHORITY, cert_file: CERTIFICATE, key_file: KEY }"),
    SecuredWriteCase(testDescription: "bearer token", proxyFile: tokens, secret: "two", settings: bearer),
    SecuredWriteCase(testDescription: "password", proxyFile: users, secret: "correct", settings: basic),
    SecuredWriteCase(
      testDescription: "mutual TLS and bearer token", isMutualTLS: true, proxyFile: tokens, secret: "one",
      settings: bearer + "\n  tls_config: { ca_file: AUTHORITY, cert_file: CERTIFICATE, key_file: KEY }"),
  ]

  /// Who may not. What fails in TLS is tried again; what is refused with 401 is given up.
  static let refused = [
    SecuredWriteCase(
      testDescription: "no client certificate", isMutualTLS: true, settings: "tls_config: { ca_file: AUTHORITY }",
      failures: retried),
    SecuredWriteCase(
      testDescription: "wrong token", proxyFile: tokens, secret: "three", settings: bearer, failures: failed),
    SecuredWriteCase(
      testDescription: "wrong password", proxyFile: users, secret: "wrong", settings: basic, failures: failed),
    SecuredWriteCase(testDescription: "no token", proxyFile: tokens, settings: "", failures: failed),
  ]

  /// What the proxy is started with for TLS.
  func arguments(_ certificates: TestCertificates) -> [String] {
    guard isMutualTLS else { return [] }
    return [
      "--tls-certificate-file", certificates.server.certificate, "--tls-key-file", certificates.server.key,
      "--tls-client-ca-file", certificates.authority.certificate,
    ]
  }

  /// Where Prometheus writes to.
  func target(port: Int, directory: String, _ certificates: TestCertificates) -> RemoteWriteTarget {
    let files = [
      ("DIRECTORY", directory), ("AUTHORITY", certificates.authority.certificate),
      ("CERTIFICATE", certificates.client.certificate), ("KEY", certificates.client.key),
    ]
    let settings = files.reduce(settings) { $0.replacing($1.0, with: $1.1) }
    return RemoteWriteTarget(
      url: "\(isMutualTLS ? "https" : "http")://127.0.0.1:\(port)/api/v1/push", settings: settings)
  }
}
