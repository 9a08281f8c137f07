internal import Model

extension KubernetesFailure.Kind {
  /// Whether it says that what was written over is not the newest version any more: somebody else was faster.
  ///
  /// - Parameter version: what was written over; `nil`: nothing.
  func saysOtherVersion(than version: String?) -> Bool {
    switch self {
    case .conflict, .exists: true
    // What was deleted in the meantime has another version, too: none. What cannot be created has no namespace to be in.
    case .notFound: version != nil
    default: false
    }
  }
}
