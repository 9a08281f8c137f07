/// Why a lease was not read or written.
package enum LeaseFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// Somebody else was faster.
  case conflict
  /// The store did not do it.
  case store(String)

  package var description: String {
    switch self {
    case .conflict: "the lease was written by somebody else"
    case .store(let reason): reason
    }
  }
}
