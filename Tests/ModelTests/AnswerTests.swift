import Model
import Testing

@Suite struct AnswerTests {
  @Test(arguments: [("", "\n"), ("Up", "Up\n"), ("Up\n", "Up\n"), ("a\nb", "a\nb\n"), ("ä", "ä\n")])
  func textEndsInANewline(text: String, body: String) {
    let answer = Answer.text(503, text, fields: ["Retry-After": "1"])
    #expect(answer.status == 503)
    #expect(String(decoding: answer.body, as: UTF8.self) == body)
    #expect(answer.fields["Content-Type"] == "text/plain; charset=utf-8")
    #expect(answer.fields["Retry-After"] == "1")
    #expect(!answer.closesConnection)
  }

  @Test func anAnswerIsEmptyUnlessItSaysSomething() {
    let answer = Answer(status: 200)
    #expect(answer.body.isEmpty)
    #expect(answer.fields.fields.isEmpty)
  }

  @Test(arguments: [("/a?b=c", "/a"), ("/a", "/a"), ("?", ""), ("", ""), ("/a?b?c", "/a"), ("*", "*")])
  func aPathHasNoQuery(target: String, path: String) {
    #expect(RequestHead(method: "GET", target: target).path == path)
  }
}
