internal import Model

extension RuleStoreFailure {
  init(_ failure: KubernetesFailure) {
    let kind: Kind =
      switch failure.kind {
      case .network, .cancelled, .gone, .throttled, .server, .unreadable: .transient
      case .unauthorized, .forbidden: .forbidden
      case .notFound: .notFound
      case .exists: .exists
      case .conflict: .conflict
      case .invalid: .invalid
      }
    self.init(kind, failure.message, retryAfter: failure.retryAfter)
  }
}
