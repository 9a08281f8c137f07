/// The last agreement on one group: a hash of each side as it was read back, which need not be equal, for a ruler may
/// write what it is given in other words.
package struct LedgerEntry: Sendable, Equatable {
  /// Where the group came from.
  package enum Origin: String, Sendable {
    case kubernetes
    case ruler
  }

  package enum State: String, Sendable {
    /// Present on both sides at the time.
    case agreed
    /// Gone from Kubernetes and left in the ruler, where it must not be imported from again.
    case tombstone
  }

  /// Where the resource was seen that had the group: who does not look there now cannot tell whether it is gone.
  package struct Sighting: Sendable, Equatable {
    /// The resource's own.
    package var namespace: String
    /// The text of the ``ResourceSelector`` by which it was found.
    package var selector: String

    package init(namespace: String, selector: String = "") {
      self.namespace = namespace
      self.selector = selector
    }
  }

  package var kubernetesHash: ContentHash
  package var rulerHash: ContentHash
  package var origin: Origin
  package var state: State
  /// The resource's, at the time; empty in a directory.
  package var uid: String
  /// `nil` where the entry was noted by a version that did not keep it.
  package var sighting: Sighting?
  /// When, in seconds since 1970.
  package var agreed: Int64
  /// When this program last wrote over what somebody had done to the ruler, in seconds since 1970, the newest last; for
  /// the breaker of flapping. At most ``maximumWrites``.
  package var writes: [Int64]
  /// The text that lost a conflict, until the next agreement; `nil` else. At most ``maximumLostLength``.
  package var lost: String?

  package static let maximumWrites = 8
  /// In bytes.
  package static let maximumLostLength = 4096

  package init(
    kubernetesHash: ContentHash, rulerHash: ContentHash, origin: Origin, state: State = .agreed, uid: String = "",
    sighting: Sighting? = nil, agreed: Int64, writes: [Int64] = [], lost: String? = nil
  ) {
    self.kubernetesHash = kubernetesHash
    self.rulerHash = rulerHash
    self.origin = origin
    self.state = state
    self.uid = uid
    self.sighting = sighting
    self.agreed = agreed
    self.writes = writes
    self.lost = lost
  }
}
