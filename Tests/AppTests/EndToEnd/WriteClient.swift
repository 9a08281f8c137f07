import Foundation
import Model
import TestSupport

@testable import Transport

/// Sends loads to a proxy in one of the ways there are: by curl, or by frames made by hand.
struct WriteClient {
  static let curl = URL(filePath: "/usr/bin/curl")

  let kind: WriteProtocol
  let port: Int
  let certificates: TestCertificates

  /// Sends a load.
  ///
  /// - Parameters:
  ///   - contents: the load without compression.
  ///   - encoding: what to call the compression, where it is not what it is.
  func send(_ contents: [UInt8], encoding: String? = nil) async throws -> WriteReply {
    switch kind {
    case .http1, .http2, .http2OverTLS:
      try await post(LiteralSnappy.compress(contents), encoding: encoding ?? "snappy")
    case .push:
      try await push(contents, encoding: encoding)
    case .gzippedPush:
      try await push(Self.gzipped(contents), encoding: encoding ?? "gzip")
    case .blockPush:
      try await push(LiteralSnappy.compress(contents), encoding: encoding ?? "snappy-block")
    case .handle:
      try await handle(LiteralSnappy.compress(contents), encoding: encoding ?? "snappy")
    }
  }

  // MARK: HTTP

  private var connection: [String] {
    let target = "127.0.0.1:\(port)/api/v1/push"
    return switch kind {
    case .http2: ["--http2-prior-knowledge", "http://\(target)"]
    case .http2OverTLS: ["--http2", "--cacert", certificates.authority.certificate, "https://\(target)"]
    default: ["--http1.1", "http://\(target)"]
    }
  }

  private func post(_ body: [UInt8], encoding: String) async throws -> WriteReply {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(body).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    // Without `Expect`, there is one head of an answer.
    let fields = ["Expect:", "Content-Type: application/x-protobuf", "Content-Encoding: \(encoding)"]
    let process = try ChildProcess(
      Self.curl, ["-sSi", "--data-binary", "@\(file.path)"] + fields.flatMap { ["-H", $0] } + connection,
      environment: ["http_proxy": "", "https_proxy": "", "no_proxy": "*"])
    guard try await process.waitForExit(within: .seconds(60)) == .code(0) else {
      throw MalformedReply(description: process.errorLines.joined(separator: "\n"))
    }
    return try WriteReply(curl: process.outputLines)
  }

  // MARK: gRPC

  private func push(_ message: [UInt8], encoding: String?) async throws -> WriteReply {
    try WriteReply(grpc: try await call(.push, message, encoding: encoding))
  }

  private func handle(_ block: [UInt8], encoding: String) async throws -> WriteReply {
    var request = ProtobufWriter()
    request.add(1, "POST")
    request.add(2, "/api/v1/push")
    for (name, value) in [("Content-Type", "application/x-protobuf"), ("Content-Encoding", encoding)] {
      var header = ProtobufWriter()
      header.add(1, name)
      header.add(2, value)
      request.add(3, message: header.bytes)
    }
    request.add(4, message: block)
    return try WriteReply(handle: try await call(.handle, request.bytes, encoding: nil))
  }

  private func call(_ method: GRPCMethod, _ message: [UInt8], encoding: String?) async throws -> HTTP2Reply {
    let probe = try await HTTP2Probe.connect(to: port)
    let fields = [("content-type", "application/grpc"), ("te", "trailers")]
    let frame = GRPCMessageEncoder.frame(message)
    try await probe.request(
      1, "POST", method.rawValue, fields: fields + (encoding.map { [("grpc-encoding", $0)] } ?? []),
      body: [encoding == nil ? 0 : 1] + frame.dropFirst())
    let reply = try await probe.reply(1, within: .seconds(60))
    try await probe.close()
    return reply
  }

  private static func gzipped(_ contents: [UInt8]) throws -> [UInt8] {
    var output = ByteBuilder()
    try Gzip.compress(contents.span.bytes, into: &output, limit: .max)
    return output.freeze().array
  }
}
