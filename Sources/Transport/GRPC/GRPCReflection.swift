internal import Model

/// Tells clients what services there are and what their messages look like. Both versions of the service
/// have the same messages.
///
/// Source: gRPC's `server-reflection.md` and `reflection.proto`.
struct GRPCReflection: Sendable {
  /// What is known of the files in `Descriptors/proto`.
  static let shared = GRPCReflection(sets: GRPCDescriptors.sets.map(bytes))

  private let files: [GRPCFileDescriptor]

  private static func bytes(_ text: String) -> [UInt8] {
    guard let bytes = Base64.decode(text.filter { !$0.isNewline }) else {
      preconditionFailure("a descriptor of this program is not base64")
    }
    return bytes
  }

  private init(sets: [[UInt8]]) {
    files = sets.map { set in
      do throws(GRPCStatus) {
        return try GRPCFileDescriptor(set: SharedBytes(set))
      } catch {
        preconditionFailure("a descriptor of this program cannot be read: \(error.message)")
      }
    }
  }

  /// The answer to a ServerReflectionRequest: a ServerReflectionResponse, framed.
  ///
  /// - Throws: INTERNAL where the request is malformed, INVALID_ARGUMENT where it asks for nothing.
  func answer(_ request: SharedBytes) throws(GRPCStatus) -> [UInt8] {
    var host = ""
    var question: (kind: Int, range: Range<Int>)?
    var reader = ProtobufReader(request)
    while let field = try reader.next() {
      switch field {
      case .bytes(1, let range): host = reader.text(range)
      case .bytes(let kind, let range) where 3...7 ~= kind: question = (kind, range)
      default: break
      }
    }
    guard let question else { throw GRPCStatus(.invalidArgument, "the request asks for nothing") }
    var response = ProtobufWriter()
    response.add(1, host)
    response.add(2, message: request.array)
    let answer = answer(question.kind, reader.text(question.range))
    response.add(answer.field, message: answer.message)
    return GRPCMessageEncoder.frame(response.bytes)
  }

  /// - Parameter kind: the field of the request by which it asks.
  /// - Returns: the field of the response, and what is in it.
  private func answer(_ kind: Int, _ name: String) -> (field: Int, message: [UInt8]) {
    switch kind {
    case 3: filesOrError(files.first { $0.name == name }, "file \(name)")
    case 4: filesOrError(files.first { $0.symbols.contains(name) }, "symbol \(name)")
    case 5: error("extension")
    case 6: extensionNumbers(of: name)
    default: (6, serviceList)
    }
  }

  private func filesOrError(_ file: GRPCFileDescriptor?, _ subject: String) -> (field: Int, message: [UInt8]) {
    guard let file else { return error(subject) }
    return (4, withImports(file).flatMap(\.set.array))
  }

  /// A file and all that it needs, each once.
  private func withImports(_ file: GRPCFileDescriptor) -> [GRPCFileDescriptor] {
    var found = [file]
    var next = 0
    while next < found.count {
      for name in found[next].imports where !found.contains(where: { $0.name == name }) {
        found += files.filter { $0.name == name }
      }
      next += 1
    }
    return found
  }

  /// No message here has extensions.
  private func extensionNumbers(of type: String) -> (field: Int, message: [UInt8]) {
    guard files.contains(where: { $0.messages.contains(type) }) else { return error("type \(type)") }
    var writer = ProtobufWriter()
    writer.add(1, type)
    return (5, writer.bytes)
  }

  private var serviceList: [UInt8] {
    var list = ProtobufWriter()
    for service in files.flatMap(\.services).sorted() {
      var entry = ProtobufWriter()
      entry.add(1, service)
      list.add(1, message: entry.bytes)
    }
    return list.bytes
  }

  private func error(_ subject: String) -> (field: Int, message: [UInt8]) {
    var writer = ProtobufWriter()
    writer.add(1, GRPCStatus.Code.notFound.rawValue)
    writer.add(2, "\(subject) not found")
    return (7, writer.bytes)
  }
}
