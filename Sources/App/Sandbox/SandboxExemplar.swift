/// An exemplar of a series.
struct SandboxExemplar: Sendable {
  var labels: [SandboxLabel]
  var value: Double
  /// Milliseconds since 1970; 0 where there is none.
  var timestamp: Int64
}
