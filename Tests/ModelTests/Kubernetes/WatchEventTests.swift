import Model
import Testing

struct WatchEventTests {
  private func event(_ text: String) throws -> WatchEvent {
    try WatchEvent(line: Array(text.utf8))
  }

  @Test func eventsOfEveryTypeAreRead() throws {
    let object = #""object":{"metadata":{"name":"a","resourceVersion":"7"}}"#
    guard case .added(let added) = try event("{\"type\":\"ADDED\",\(object)}"), added["metadata"]?["name"]?.text == "a",
      case .modified = try event("{\"type\":\"MODIFIED\",\(object)}"),
      case .deleted = try event("{\"type\":\"DELETED\",\(object)}"),
      case .bookmark("7") = try event("{\"type\":\"BOOKMARK\",\(object)}")
    else {
      Issue.record("read as something else")
      return
    }
  }

  @Test func anErrorSaysWhy() throws {
    let text = """
      {"type":"ERROR","object":{"kind":"Status","message":"too old","reason":"Expired","code":410,\
      "details":{"retryAfterSeconds":3}}}
      """
    guard case .error(let status) = try event(text) else {
      Issue.record("read as something else")
      return
    }
    #expect(status == KubernetesStatus(code: 410, reason: "Expired", message: "too old", retryAfter: .seconds(3)))
    #expect(status.kind == .gone)
    guard case .error(let other) = try event(#"{"type":"ERROR","object":{}}"#) else { return }
    #expect(other.kind == .server)
  }

  @Test(
    arguments: [
      "", "{", "null", "[]", "{\"type\":\"ADDED\"}", "{\"object\":{}}", "{\"type\":\"MOVED\",\"object\":{}}",
      "{\"type\":\"ADDED\",\"object\":{}} {}",
    ])
  func whatIsNoEventIsRefused(_ text: String) {
    #expect(throws: DocumentError.self) { try event(text) }
  }
}
