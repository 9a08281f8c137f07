import Model
import TestSupport
import Testing

@testable import App

struct SandboxConnectionTests {
  private let service: SandboxService
  private let transport = SandboxTestTransport()
  private let connection: SandboxConnection
  private let block = SandboxPushBody.series([("__name__", "m")], [(SandboxTestTime.recorded, 1)]).block
  private let first = RequestID(1)
  private let second = RequestID(2)

  init() {
    var limits = SandboxLimits()
    limits.maximumBodyLength = 100
    service = SandboxService(compression: LiteralSnappy(), time: SandboxTestTime.clock(), limits: limits)
    connection = SandboxConnection(service: service, transport: transport)
  }

  @Test(arguments: [true, false])
  func takesAPush(tellingItsLength: Bool) throws {
    let head = RequestHead.push(tenant: "acme", contentLength: tellingItsLength ? block.count : nil)
    #expect(connection.requestBegan(first, head) == .collect)
    #expect(connection.bodyArrived(first, count: block.count - 1) == .collect)
    #expect(connection.bodyArrived(first, count: 1) == .collect)
    #expect(transport.answers.isEmpty)
    connection.requestEnded(first, body: block)
    #expect(transport.answers[first]?.status == 200)
    #expect(try service.series(of: "acme").count == 1)
  }

  @Test func refusesALengthAboveTheLimit() {
    #expect(connection.requestBegan(first, .push(tenant: "acme", contentLength: 1000)) == .discard)
    connection.requestEnded(first, body: SharedBytes([]))
    #expect(transport.answers[first]?.status == 400)
    #expect(transport.answers[first]?.text == "received message larger than max (1000 vs 100)\n")
  }

  /// Who it is that sends too much is asked first.
  @Test func refusesASenderWithoutATenantFirst() {
    #expect(connection.requestBegan(first, .push(tenant: "", contentLength: 1000)) == .discard)
    connection.requestEnded(first, body: SharedBytes([]))
    #expect(transport.answers[first]?.status == 401)
  }

  @Test func refusesABodyThatGrowsAboveTheLimit() {
    #expect(connection.requestBegan(first, .push(tenant: "acme")) == .collect)
    #expect(connection.bodyArrived(first, count: 100) == .collect)
    #expect(connection.bodyArrived(first, count: 900) == .discard)
    connection.requestEnded(first, body: SharedBytes([]))
    #expect(transport.answers[first]?.text == "received message larger than max (101 vs 100)\n")
  }

  @Test(arguments: ["/sandbox/tenants", "/nowhere"])
  func collectsNoBodyThatNobodyReads(target: String) {
    let head = RequestHead(method: "POST", target: target, contentLength: 1000)
    #expect(connection.requestBegan(first, head) == .discard)
    connection.requestEnded(first, body: SharedBytes([]))
    #expect(transport.answers[first]?.status == (target == "/nowhere" ? 404 : 405))
  }

  @Test func keepsRequestsApart() {
    _ = connection.requestBegan(first, .push(tenant: "acme"))
    _ = connection.requestBegan(second, RequestHead(method: "GET", target: "/ready"))
    _ = connection.bodyArrived(first, count: 1000)
    connection.requestEnded(second, body: SharedBytes([]))
    connection.requestEnded(first, body: SharedBytes([]))
    #expect(transport.answers[first]?.status == 400)
    #expect(transport.answers[second]?.status == 200)
  }

  @Test func answersNothingThatIsGone() {
    _ = connection.requestBegan(first, .push(tenant: "acme"))
    _ = connection.requestBegan(second, .push(tenant: "acme"))
    connection.requestAborted(first)
    #expect(connection.bodyArrived(first, count: 1) == .discard)
    connection.requestEnded(first, body: block)
    connection.connectionClosed()
    connection.requestEnded(second, body: block)
    #expect(transport.answers.isEmpty)
  }
}
