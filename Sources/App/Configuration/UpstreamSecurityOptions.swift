/// The options about encryption and permission on the way to an upstream: the same for each upstream, under
/// names that begin differently.
struct UpstreamSecurityOptions {
  /// What the names of the options begin with, such as `upstream`.
  var prefix: String
  var caFile: String?
  var clientCertificateFile: String?
  var clientKeyFile: String?
  var basicAuthFile: String?
  var bearerTokenFile: String?
  /// `NAME=VALUE` each.
  var headers: [String]
}
