import Synchronization

/// The count of one bucket of a histogram. An object of its own, for an array cannot hold atomics.
final class Bucket: Sendable {
  let count = Atomic(0)
}
