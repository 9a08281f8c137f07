/// A tenant as a program reads it from the sandbox.
struct SandboxReportedTenant: Decodable, Equatable {
  var tenant: String
  var series = 0
  var samples = 0
  var exemplars = 0
  var histograms = 0
  var metadata = 0
  var requests = 0
  var rejectedSamples = 0
  var lastWrite: String?
}
