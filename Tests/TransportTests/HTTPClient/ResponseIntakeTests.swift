import Testing

@testable import Transport

/// What comes of an answer before somebody takes it.
@Suite struct ResponseIntakeTests {
  /// Such as what follows 101: the library hands it over as a body, and there never was a head.
  @Test func aBodyWithoutAHeadIsNoAnswer() throws {
    var intake = ResponseIntake<Int>(bufferLimit: 100)
    for line in ["HTTP/1.1 101 Switching Protocols\r\n", "\r\n"] {
      let (isWanted, _) = intake.receive(headLine: Array(line.utf8))
      #expect(isWanted)
    }
    let mustWait = intake.wait(7)
    #expect(mustWait)
    let (appetite, woken) = intake.receive(body: [1, 2, 3])
    #expect(appetite == .enough && woken == 7)
    guard case .failure(.network) = intake.take() else {
      Issue.record("an answer without a head")
      return
    }
  }
}
