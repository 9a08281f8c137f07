import Model
import SwiftProtobuf
import TestSupport
import Testing

@testable import Transport

@Suite struct GRPCReflectionTests {
  /// The fields of a ServerReflectionResponse.
  private struct Response {
    var host = ""
    var original: [UInt8] = []
    var answer: (field: Int, message: [UInt8]) = (0, [])

    init(_ framed: [UInt8]) throws {
      let bytes = Array(framed.dropFirst(5))
      for (field, value) in try Self.fields(bytes) {
        switch field {
        case 1: host = String(decoding: value, as: UTF8.self)
        case 2: original = value
        default: answer = (field, value)
        }
      }
    }

    /// The names of the files that were sent, read by SwiftProtobuf.
    var files: [Google_Protobuf_FileDescriptorProto] {
      get throws {
        try Self.fields(answer.message).map { try Google_Protobuf_FileDescriptorProto(serializedBytes: $0.value) }
      }
    }

    /// The texts of the first field of every entry.
    var names: [String] {
      get throws {
        try Self.fields(answer.message).map { entry in
          String(decoding: try Self.fields(entry.value)[0].value, as: UTF8.self)
        }
      }
    }

    static func fields(_ bytes: [UInt8]) throws -> [(field: Int, value: [UInt8])] {
      var fields: [(field: Int, value: [UInt8])] = []
      var reader = ProtobufReader(SharedBytes(bytes))
      while let field = try reader.next() {
        switch field {
        case .bytes(let number, let range): fields.append((number, Array(bytes[range])))
        case .number(let number, let value): fields.append((number, [UInt8(truncatingIfNeeded: value)]))
        }
      }
      return fields
    }
  }

  private func request(_ field: Int, _ name: String) -> [UInt8] {
    WireField(1, .bytes(Array("host".utf8))).bytes + WireField(field, .bytes(Array(name.utf8))).bytes
  }

  private func ask(_ field: Int, _ name: String) throws -> Response {
    let request = request(field, name)
    let response = try Response(GRPCReflection.shared.answer(SharedBytes(request)))
    #expect(response.host == "host")
    #expect(response.original == request)
    return response
  }

  @Test func theServicesAreListed() throws {
    let response = try ask(7, "*")
    #expect(response.answer.field == 6)
    #expect(try response.names == Set(GRPCMethod.allCases.map { String($0.service) }).sorted())
  }

  @Test(arguments: [
    ("cortex.proto", ["cortex.proto"]), ("distributor.proto", ["distributor.proto", "cortex.proto"]),
    ("httpgrpc.proto", ["httpgrpc.proto"]), ("grpc/health/v1/health.proto", ["grpc/health/v1/health.proto"]),
    ("grpc/reflection/v1/reflection.proto", ["grpc/reflection/v1/reflection.proto"]),
    ("grpc/reflection/v1alpha/reflection.proto", ["grpc/reflection/v1alpha/reflection.proto"]),
  ])
  func aFileComesWithWhatItImports(name: String, files: [String]) throws {
    let response = try ask(3, name)
    #expect(response.answer.field == 4)
    #expect(try response.files.map(\.name) == files)
  }

  @Test(arguments: [
    ("distributor.Distributor", "distributor.proto"), ("distributor.Distributor.Push", "distributor.proto"),
    ("cortexpb.WriteRequest", "cortex.proto"), ("cortexpb.WriteRequest.timeseries", "cortex.proto"),
    ("cortexpb.WriteRequest.SourceEnum", "cortex.proto"), ("cortexpb.WriteRequest.RULE", "cortex.proto"),
    ("cortexpb.Histogram.ResetHint", "cortex.proto"), ("httpgrpc.HTTP.Handle", "httpgrpc.proto"),
    ("httpgrpc.Header", "httpgrpc.proto"), ("grpc.health.v1.Health.Watch", "grpc/health/v1/health.proto"),
    ("grpc.health.v1.HealthCheckResponse.ServingStatus", "grpc/health/v1/health.proto"),
    ("grpc.reflection.v1.ServerReflection", "grpc/reflection/v1/reflection.proto"),
    ("grpc.reflection.v1alpha.ServerReflection", "grpc/reflection/v1alpha/reflection.proto"),
  ])
  func aSymbolLeadsToItsFile(symbol: String, file: String) throws {
    #expect(try ask(4, symbol).files.first?.name == file)
  }

  /// What is told of the services is what is served.
  @Test(arguments: GRPCMethod.allCases)
  func everyMethodIsDescribed(method: GRPCMethod) throws {
    let file = try #require(try ask(4, String(method.service)).files.first)
    let service = try #require(file.service.first { "\(file.package).\($0.name)" == method.service })
    let name = method.rawValue.split(separator: "/")[1]
    let described = try #require(service.method.first { $0.name == name })
    #expect(described.clientStreaming == method.takesStream)
    #expect(described.serverStreaming == (method.takesStream || method == .watchHealth))
  }

  @Test(arguments: [
    (3, "nothing.proto", "file nothing.proto not found"), (4, "", "symbol  not found"),
    (4, "cortexpb", "symbol cortexpb not found"), (5, "", "extension not found"),
    (6, "cortexpb.Nothing", "type cortexpb.Nothing not found"),
  ])
  func whatIsNotThereIsAnErrorInTheAnswer(field: Int, name: String, message: String) throws {
    let response = try ask(field, name)
    #expect(response.answer.field == 7)
    let fields = try Response.fields(response.answer.message)
    #expect(fields.map(\.field) == [1, 2])
    #expect(fields[0].value == [5])
    #expect(String(decoding: fields[1].value, as: UTF8.self) == message)
  }

  @Test func noMessageHasExtensions() throws {
    let response = try ask(6, "cortexpb.WriteRequest")
    #expect(response.answer.field == 5)
    #expect(try Response.fields(response.answer.message).map(\.field) == [1])
  }

  @Test(arguments: [GRPCMethod.reflect, .reflectAlpha])
  func questionsAreAnsweredAsTheyCome(method: GRPCMethod) {
    let call = CallTranscript(method)
    #expect(call.start() == [])
    let first = call.received(message: request(7, ""))
    #expect(first.first == Replies.headers)
    #expect(first.count == 2)
    let both = CallTranscript.frame(request(3, "cortex.proto")) + CallTranscript.frame(request(4, "x"))
    #expect(call.received(both).map { $0.prefix(4) } == ["data", "data"])
    #expect(call.ended() == [Replies.ok])
    #expect(call.isDone)
  }

  @Test func noQuestionsHaveNoAnswers() {
    let call = CallTranscript(.reflect)
    _ = call.start()
    #expect(call.ended() == [Replies.headers, Replies.ok])
  }

  @Test func aRequestForNothingEndsTheCall() {
    let call = CallTranscript(.reflect)
    _ = call.start() + call.received(message: request(7, ""))
    #expect(
      call.received(message: [0x0A, 0x00])
        == ["trailers {grpc-status: 3, grpc-message: the request asks for nothing}"])
    #expect(call.received(message: request(7, "")) == [])
  }

  @Test func reflectionEndsWithTheConnection() {
    let call = CallTranscript(.reflect)
    _ = call.start()
    #expect(call.shuttingDown() == [Replies.failure(14, "shutting down")])
  }
}
