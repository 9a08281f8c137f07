package import Model
import Synchronization

/// Holds whether this process leads: Leadership writes it, everybody else reads it without awaiting.
package final class LeadershipCell: Sendable {
  private let time: any TimeSource
  private let state = Mutex<LeaseTerm?>(nil)
  private let leading = Broadcast<Bool>()

  package init(time: any TimeSource) {
    self.time = time
  }

  /// The term that this process leads in; `nil` where it does not lead at this very moment.
  package var term: LeaseTerm? {
    let now = time.now
    return state.withLock { term in term.flatMap { now < $0.end ? $0 : nil } }
  }

  /// Whether this process leads, from now on, at first as it is now. Comes late where the time of a term ran out: for
  /// what must not be written late, ask for the ``term``.
  package func changes() -> AsyncStream<Bool> {
    leading.values()
  }

  /// States the term that this process leads in, if it does.
  package func set(_ term: LeaseTerm?) {
    let hasChanged = state.withLock { state in
      defer { state = term }
      return (state == nil) != (term == nil)
    }
    if hasChanged || leading.newest == nil { leading.send(term != nil) }
  }
}
