import Model

/// A reflector that can be asked within an expectation, which a value that cannot be copied can't.
final class SteppedReflector {
  private var reflector: Reflector<String>

  init(resync: Duration?) {
    reflector = Reflector(resync: resync)
  }

  var items: [ResourceID: String] { reflector.items }
  var isListed: Bool { reflector.isListed }

  func listed(
    _ result: Result<ResourceListing<String>, KubernetesFailure>, now: MonotonicTime, random: Double
  ) -> Reflector<String>.Action {
    reflector.listed(result, now: now, random: random)
  }

  func apply(_ changes: [ResourceChange<String>]) -> Bool {
    reflector.apply(changes)
  }

  func watchEnded(_ ending: WatchEnding, now: MonotonicTime, random: Double) -> Reflector<String>.Action {
    reflector.watchEnded(ending, now: now, random: random)
  }

  func waited(now: MonotonicTime, random: Double) -> Reflector<String>.Action {
    reflector.waited(now: now, random: random)
  }
}
