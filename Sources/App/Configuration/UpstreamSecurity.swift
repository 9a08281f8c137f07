import Model
import Transport

/// The options about encryption and permission on the way to an upstream, understood and checked.
struct UpstreamSecurity {
  /// What the program or libcurl says itself, or says by other options.
  private static let ownFields: Set<String> = [
    "accept", "authorization", "connection", "content-encoding", "content-length", "content-type", "expect", "host",
    "keep-alive", "proxy-authorization", "proxy-connection", "retry-attempt", "te", "trailer", "transfer-encoding",
    "upgrade", "user-agent", "x-prometheus-remote-write-version", "x-scope-orgid",
  ]

  let files: UpstreamTLSFiles
  let authorization: UpstreamAuthorization?
  let fields: HeaderFields

  /// Reads the files.
  ///
  /// - Throws: `UsageError` for the first that is not in order, and for what is given by halves.
  init(_ options: UpstreamSecurityOptions, _ check: OptionCheck) throws {
    files = UpstreamTLSFiles(
      authorities: options.caFile,
      client: try check.pair(
        (options.clientCertificateFile, "\(options.prefix)-client-certificate-file"),
        (options.clientKeyFile, "\(options.prefix)-client-key-file")
      )
      .map { (certificate: $0.0, key: $0.1) })
    do {
      try files.check()
    } catch {
      throw UsageError("\(options.prefix): \(error)")
    }
    authorization = try Self.authorization(options)
    fields = HeaderFields(try options.headers.map { try Self.field($0, "--\(options.prefix)-header") })
  }

  private static func authorization(_ options: UpstreamSecurityOptions) throws(UsageError) -> UpstreamAuthorization? {
    do {
      switch (options.basicAuthFile, options.bearerTokenFile) {
      case (nil, nil): return nil
      case (let file?, nil): return try UpstreamAuthorization(file: file, form: .basic)
      case (nil, let file?): return try UpstreamAuthorization(file: file, form: .bearer)
      case (_?, _?): break
      }
    } catch {
      throw UsageError("\(options.prefix): \(error)")
    }
    throw UsageError(
      "--\(options.prefix)-basic-auth-file and --\(options.prefix)-bearer-token-file exclude each other")
  }

  /// The complaints do not repeat the value, which may be a secret after all.
  private static func field(_ text: String, _ option: String) throws(UsageError) -> (name: String, value: String) {
    guard let equals = text.firstIndex(of: "=") else { throw UsageError("\(option) must be NAME=VALUE") }
    let name = String(text[..<equals])
    let value = String(text[text.index(after: equals)...])
    guard !name.isEmpty, name.utf8.allSatisfy(isNameByte) else {
      throw UsageError("\(option): the name before '=' is not one of a header field")
    }
    guard !ownFields.contains(name.lowercased()) else {
      throw UsageError("\(option): \(name) is what openmmt sets itself")
    }
    // libcurl takes an empty value for a request to leave the field out.
    guard !value.utf8.contains(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F }), value.contains(where: { $0 != " " })
    else {
      throw UsageError("\(option): the value of \(name) is empty or has control characters")
    }
    return (name, value)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
