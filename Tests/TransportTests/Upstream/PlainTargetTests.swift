import Testing

@testable import Transport

struct PlainTargetTests {
  @Test(
    arguments: [
      ("http://cortex", "cortex", "/"),
      ("HTTP://cortex:80/", "cortex", "/"),
      ("http://cortex:8080/api/v1/push?a=b", "cortex:8080", "/api/v1/push?a=b"),
      ("http://127.0.0.1:1/x/../y#part", "127.0.0.1:1", "/y"),
      ("http://[::1]:5000/push", "[::1]:5000", "/push"),
    ])
  func theHeadNamesHostAndPath(url: String, authority: String, path: String) throws {
    let target = try #require(PlainTarget(url: url))
    #expect(target.authority == authority)
    #expect(target.path == path)
    let head = String(decoding: target.head(userAgent: "me/1", fields: ["A: b"]), as: UTF8.self)
    #expect(head == "POST \(path) HTTP/1.1\r\nHost: \(authority)\r\nUser-Agent: me/1\r\nA: b\r\n")
  }

  @Test(
    arguments: [
      "https://cortex/", "http://user:secret@cortex/", "http://user@cortex/", "http://cortex/ä", "http://bücher/",
      "http://cortex/a?b=ü", "cortex:8080", "ftp://cortex/", "",
    ])
  func everythingElseIsLeftToLibcurl(url: String) {
    #expect(PlainTarget(url: url) == nil)
  }
}
