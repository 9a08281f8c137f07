/// What the sandbox has taken and refused of a tenant since it started.
struct SandboxCounts: Sendable, Equatable {
  /// Floats taken, those that came again included.
  var samples = 0
  var exemplars = 0
  /// Native histograms taken, those that came again included.
  var histograms = 0
  /// Metadata records.
  var metadata = 0
  /// Write requests that could be read, refused ones included.
  var requests = 0
  /// Floats and histograms refused.
  var rejectedSamples = 0

  /// The number of all things taken.
  var taken: Int { samples + exemplars + histograms + metadata }
}
