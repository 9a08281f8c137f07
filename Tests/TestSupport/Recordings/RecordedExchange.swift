package import Model

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// An exchange that was recorded from a running Cortex or a running kube-apiserver: `Tests/Fixtures/<server>/<name>.http`.
package struct RecordedExchange: Sendable {
  package private(set) var head: RequestHead
  /// The request's body, where the recording has one.
  package private(set) var requestBody: [UInt8]
  package private(set) var status: Int
  package private(set) var fields: HeaderFields
  /// The answer's body, byte for byte.
  package private(set) var body: [UInt8]

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures")

  /// The names of all recordings of a server.
  package static func names(of server: String = "cortex") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: server).path)
      .filter { $0.hasSuffix(".http") }.map { String($0.dropLast(5)) }
  }

  /// Reads the recording of this name.
  package init(_ name: String, of server: String = "cortex") throws {
    let text = try String(contentsOf: Self.folder.appending(path: "\(server)/\(name).http"), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let request = Message(lines.filter { $0.hasPrefix(">") })
    let answer = Message(lines.filter { $0.hasPrefix("<") })
    let words = request.first.split(separator: " ")
    head = RequestHead(
      method: String(words[0]), target: String(words[1]), fields: request.fields, contentLength: nil)
    requestBody = request.body.isEmpty ? [] : Array((request.body + "\n").utf8)
    status = Int(answer.first.prefix(3)) ?? 0
    fields = answer.fields
    // Whether the last line ends in a newline, a recording tells by the length only.
    let endsInNewline = fields["Content-Length"].flatMap { Int($0) } == answer.body.utf8.count + 1
    body = Array((endsInNewline ? answer.body + "\n" : answer.body).utf8)
  }

  /// The answer's body as text.
  package var text: String { String(decoding: body, as: UTF8.self) }

  /// The lines of a request or an answer.
  private struct Message {
    let first: Substring
    let fields: HeaderFields
    let body: String

    init(_ lines: [Substring]) {
      let lines = lines.map { $0.dropFirst(2) }
      first = lines[0]
      var fields = HeaderFields([])
      for line in lines.dropFirst().prefix(while: { !$0.isEmpty }) {
        guard let colon = line.firstIndex(of: ":") else { continue }
        fields.add(String(line[..<colon]), String(line[colon...].dropFirst(2)))
      }
      self.fields = fields
      body = lines.drop { !$0.isEmpty }.dropFirst().joined(separator: "\n")
    }
  }
}
