internal import Model

/// A .proto file as reflection tells of it.
struct GRPCFileDescriptor: Sendable {
  /// The name by which other files import it.
  private(set) var name = ""
  /// The names of the files that it imports.
  private(set) var imports: [String] = []
  /// The full names of its services.
  private(set) var services: [String] = []
  /// The full names of its messages, as extensions are asked for by them.
  private(set) var messages: Set<String> = []
  /// The full names of all that it declares: messages, enums, services, methods, fields and enum values.
  private(set) var symbols: Set<String> = []
  /// A FileDescriptorSet with this file in it. This happens to be the form of a FileDescriptorResponse, too.
  let set: SharedBytes

  /// Reads a FileDescriptorSet of one file.
  ///
  /// - Throws: INTERNAL where it is none.
  init(set: SharedBytes) throws(GRPCStatus) {
    self.set = set
    var package = ""
    var declarations: [(field: Int, range: Range<Int>)] = []
    var outer = ProtobufReader(set)
    guard case .bytes(1, let file)? = try outer.next() else { throw GRPCStatus(.internal, "no file in a set") }
    var reader = ProtobufReader(set, file)
    while let field = try reader.next() {
      switch field {
      case .bytes(1, let range): name = reader.text(range)
      case .bytes(2, let range): package = reader.text(range)
      case .bytes(3, let range): imports.append(reader.text(range))
      case .bytes(let field, let range) where 4...6 ~= field: declarations.append((field, range))
      default: break
      }
    }
    for (field, range) in declarations {
      switch field {
      case 4: try addMessage(range, in: package)
      case 5: try addEnum(range, in: package)
      default: services.append(try addMembers(range, in: package, of: 2))
      }
    }
  }

  private mutating func addMessage(_ range: Range<Int>, in scope: String) throws(GRPCStatus) {
    let message = try addMembers(range, in: scope, of: 2)
    messages.insert(message)
    var reader = ProtobufReader(set, range)
    while let field = try reader.next() {
      switch field {
      case .bytes(3, let range): try addMessage(range, in: message)
      case .bytes(4, let range): try addEnum(range, in: message)
      default: break
      }
    }
  }

  /// The values of an enum belong to what surrounds it, as in C++.
  private mutating func addEnum(_ range: Range<Int>, in scope: String) throws(GRPCStatus) {
    symbols.insert(Self.join(scope, try name(of: range)))
    var reader = ProtobufReader(set, range)
    while let field = try reader.next() {
      if case .bytes(2, let value) = field { symbols.insert(Self.join(scope, try name(of: value))) }
    }
  }

  /// Adds a declaration and what it holds in a field: a message's fields, a service's methods.
  ///
  /// - Returns: its full name.
  private mutating func addMembers(_ range: Range<Int>, in scope: String, of field: Int) throws(GRPCStatus) -> String {
    let declared = Self.join(scope, try name(of: range))
    symbols.insert(declared)
    var reader = ProtobufReader(set, range)
    while let next = try reader.next() {
      if case .bytes(field, let member) = next { symbols.insert(Self.join(declared, try name(of: member))) }
    }
    return declared
  }

  /// Every declaration has its name in the first field.
  private func name(of range: Range<Int>) throws(GRPCStatus) -> String {
    var reader = ProtobufReader(set, range)
    guard case .bytes(1, let name)? = try reader.next() else {
      throw GRPCStatus(.internal, "a declaration has no name")
    }
    return reader.text(name)
  }

  private static func join(_ scope: String, _ name: String) -> String {
    scope.isEmpty ? name : "\(scope).\(name)"
  }
}
