internal import Model

extension KubernetesFailure.Kind {
  /// In a word, for metrics.
  var label: String {
    switch self {
    case .network: "network"
    case .cancelled: "cancelled"
    case .unauthorized: "unauthorized"
    case .forbidden: "forbidden"
    case .notFound: "not_found"
    case .exists: "exists"
    case .conflict: "conflict"
    case .gone: "gone"
    case .invalid: "invalid"
    case .throttled: "throttled"
    case .server: "server"
    case .unreadable: "unreadable"
    }
  }
}
