import Foundation
import Model

/// An exchange that was recorded from a running Cortex: `Tests/Fixtures/cortex/<name>.http`.
struct SandboxRecording {
  private(set) var head: RequestHead
  private(set) var status = 0
  private(set) var answerFields = HeaderFields([])
  /// The body of the answer; the newline at its end is not told from none.
  private(set) var body = ""

  /// Reads the recording of this name.
  init(_ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/cortex")
    let text = try String(contentsOf: folder.appending(path: name + ".http"), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let request = lines.filter { $0.hasPrefix(">") }.map { $0.dropFirst(2) }
    let answer = lines.filter { $0.hasPrefix("<") }.map { $0.dropFirst(2) }
    let line = request[0].split(separator: " ")
    head = RequestHead(
      method: String(line[0]), target: String(line[1]), fields: Self.fields(request.dropFirst()), contentLength: nil)
    status = Int(answer[0].prefix(3)) ?? 0
    answerFields = Self.fields(answer.dropFirst())
    body = answer.drop { !$0.isEmpty }.dropFirst().joined(separator: "\n")
  }

  /// The body without what Cortex' distributor says of the ingester that it asked.
  var bodyWithoutAddress: String {
    body.range(of: " desc = ").map { String(body[$0.upperBound...]) } ?? body
  }

  private static func fields(_ lines: ArraySlice<Substring>) -> HeaderFields {
    var fields = HeaderFields([])
    for line in lines.prefix(while: { !$0.isEmpty }) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      fields.add(String(line[..<colon]), line[colon...].dropFirst(2).description)
    }
    return fields
  }
}
