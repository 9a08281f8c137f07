/// A series of a write request, with what came for it.
struct SandboxTimeSeries: Sendable {
  /// As they came; sorted and without empty values once the series is checked.
  var labels: [SandboxLabel] = []
  /// The floats, in the order in which they came.
  var samples: [SandboxSample] = []
  /// The native histograms, in the order in which they came.
  var histograms: [SandboxSample] = []
  var exemplars: [SandboxExemplar] = []

  /// The number of floats and histograms.
  var sampleCount: Int { samples.count + histograms.count }

  /// The metric's name, where there is one.
  var name: String? {
    labels.first { $0.name == "__name__" }?.value
  }
}
