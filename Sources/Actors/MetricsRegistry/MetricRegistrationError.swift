package import Model

/// Why a collector was not taken in.
package enum MetricRegistrationError: Error, Equatable, CustomStringConvertible {
  /// One of its metrics has a name that cannot be exposed.
  case invalidName(InvalidMetricName)
  /// One of its metrics has a name, or in one of the formats would get one, that is taken.
  case duplicateName(String, metric: String)

  package var description: String {
    switch self {
    case .invalidName(let error): error.description
    case .duplicateName(let name, let metric) where name == metric: "metric name \"\(name)\" is taken"
    case .duplicateName(let name, let metric): "metric \"\(metric)\" needs the name \"\(name)\", which is taken"
    }
  }
}
