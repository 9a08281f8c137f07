/// Holds back whoever waits at it until a test opens it.
package final class Gate: Sendable {
  private let isOpen = Watched(false)

  package init() {}

  /// Lets everyone through, now and later.
  package func open() {
    isOpen.update { $0 = true }
  }

  /// Returns once the gate is open.
  package func wait(within limit: Duration = .seconds(60)) async throws {
    try await isOpen.wait(for: "a gate to open", within: limit) { $0 }
  }
}
