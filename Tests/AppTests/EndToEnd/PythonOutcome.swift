/// What the client in Python says of a call. Each command has some of it.
struct PythonOutcome: Decodable {
  /// The name of the status.
  var code: String?
  /// The message of the status.
  var details: String?
  /// The trailing metadata.
  var trailing: [String: String]?
  /// The answer's message in hex.
  var response: String?
  /// Whether it was in time for being cancelled.
  var cancelled: Bool?
  /// HTTP's status in an answer of httpgrpc.
  var status: Int?
  /// The health that was reported.
  var state: String?
  /// All that was reported, one after the other.
  var states: [String]?
  /// The services that reflection lists.
  var services: [String]?
  /// The names of the files that describe each service.
  var files: [String: [String]]?
}
