import Logging
import Model
import TestSupport
import Testing

@testable import App

@Suite struct LifecycleTests {
  private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  /// Half a proxy is worse than none: whoever ends by itself takes the others along, and is named.
  @Test func aPartThatEndsByItselfEndsTheProcess() async throws {
    let ended = Watched([String]())
    let services = [
      SupervisedService(name: "lasting part") {
        for await _ in AsyncStream<Never>.makeStream().stream {}
        ended.update { $0.append("lasting part") }
      },
      SupervisedService(name: "broken part") {},
    ]
    let error = await #expect(throws: EndedUnexpectedly.self) {
      try await Lifecycle().run(services, logger: quiet)
    }
    #expect(error.map { "\($0)" } == "broken part ended unexpectedly")
    #expect(ended.value == ["lasting part"])
  }

  @Test func workWithinItsTimeEndsByItself() async {
    #expect(await Deadline.run(within: .seconds(1), on: ManualTime()) {})
  }

  @Test func workBeyondItsTimeIsCancelled() async throws {
    let time = ManualTime()
    let wasCancelled = Watched(false)
    async let endedByItself = Deadline.run(within: .seconds(1), on: time) {
      for await _ in AsyncStream<Never>.makeStream().stream {}
      wasCancelled.update { $0 = Task.isCancelled }
    }
    _ = try await time.nextSleep()
    time.advance(by: .seconds(1))
    #expect(await !endedByItself)
    #expect(wasCancelled.value)
  }
}
