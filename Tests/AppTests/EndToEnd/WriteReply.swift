import Foundation
import Model
import TestSupport

/// What the sender of a load is told, whichever way it came.
struct WriteReply: Sendable {
  /// HTTP's status, or the code of gRPC.
  var status: Int
  /// The answer's fields; in gRPC, the trailers.
  var fields: HeaderFields
  /// The body without the newline at its end, or the message of gRPC's status.
  var text: String

  /// - Parameter output: what curl's `-i` writes, in lines.
  init(curl output: [String]) throws {
    let lines = output.map { $0.hasSuffix("\r") ? String($0.dropLast()) : $0 }
    guard let end = lines.firstIndex(of: ""), let head = lines.first?.split(separator: " "), head.count >= 2,
      let status = Int(head[1])
    else { throw MalformedReply(description: "\(output)") }
    self.status = status
    fields = HeaderFields(lines[1..<end].compactMap(Self.field))
    text = lines[(end + 1)...].joined(separator: "\n")
  }

  private static func field(_ line: String) -> (name: String, value: String)? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    return (String(line[..<colon]), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
  }

  /// - Parameter reply: what came on the stream of a call.
  init(grpc reply: HTTP2Reply) throws {
    fields = reply.heads.last ?? [:]
    guard reply.status == 200, let status = fields["grpc-status"].flatMap({ Int($0) }) else {
      throw MalformedReply(description: "\(reply)")
    }
    self.status = status
    text = fields["grpc-message"]?.removingPercentEncoding ?? ""
  }

  /// - Parameter reply: what came on the stream of a call of httpgrpc. Its message, where there is one,
  ///   has the answer.
  init(handle reply: HTTP2Reply) throws {
    try self.init(grpc: reply)
    guard !reply.body.isEmpty else { return }
    let response = try HTTPGRPCResponse(Array(reply.body.dropFirst(5)))
    status = response.status
    fields = response.fields
    text = response.text.hasSuffix("\n") ? String(response.text.dropLast()) : response.text
  }
}
