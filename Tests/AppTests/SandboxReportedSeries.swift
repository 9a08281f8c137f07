/// A series as a program reads it from the sandbox.
struct SandboxReportedSeries: Decodable, Equatable {
  var labels: [String: String]
  var timestamp: Int64
  var value: String
  var bits: String
  var isHistogram: Bool
}
