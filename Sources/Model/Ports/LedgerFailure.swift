/// Why a ledger was not read or written.
package enum LedgerFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// Somebody else has written it since it was read.
  case conflict
  /// What is stored is no ledger. It is left as it is, for people to look at.
  case corrupt(String)
  /// The store did not do it.
  case store(String)

  package var description: String {
    switch self {
    case .conflict: "the ledger was written by somebody else"
    case .corrupt(let reason): "the ledger cannot be read: \(reason)"
    case .store(let reason): "the ledger's store: \(reason)"
    }
  }
}
