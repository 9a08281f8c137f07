import Model

/// Why a ``FakeCluster`` does not do what was asked.
struct FakeStatus: Error {
  var code: Int
  var reason: String
  var message: String
  var kind: FakeKind?
  var name = ""
  var causes: [(reason: String, message: String, field: String)] = []

  static func notFound(_ kind: FakeKind, _ name: String) -> FakeStatus {
    FakeStatus(
      code: 404, reason: "NotFound", message: "\(kind.qualified) \"\(name)\" not found", kind: kind, name: name)
  }

  static func exists(_ kind: FakeKind, _ name: String) -> FakeStatus {
    FakeStatus(
      code: 409, reason: "AlreadyExists", message: "\(kind.qualified) \"\(name)\" already exists", kind: kind,
      name: name)
  }

  static func modified(_ kind: FakeKind, _ name: String) -> FakeStatus {
    FakeStatus(
      code: 409, reason: "Conflict",
      message: """
        Operation cannot be fulfilled on \(kind.qualified) "\(name)": the object has been modified; please apply your \
        changes to the latest version and try again
        """, kind: kind, name: name)
  }

  static func invalid(_ kind: FakeKind, _ name: String, _ field: String, _ message: String) -> FakeStatus {
    FakeStatus(
      code: 422, reason: "Invalid", message: "\(kind.kind) \"\(name)\" is invalid: \(field): \(message)", kind: kind,
      name: name, causes: [("FieldValueInvalid", message, field)])
  }

  var document: DocumentNode {
    var fields: [(String, DocumentNode)] = [
      ("kind", .text("Status")), ("apiVersion", .text("v1")), ("metadata", .object([])), ("status", .text("Failure")),
      ("message", .text(message)), ("reason", .text(reason)),
    ]
    if let kind {
      var details: [(String, DocumentNode)] = [
        ("name", .text(name)), ("group", .text(kind.group)), ("kind", .text(kind.plural)),
      ]
      if !causes.isEmpty {
        details.append(
          (
            "causes",
            .items(
              causes.map {
                .object([("reason", .text($0.reason)), ("message", .text($0.message)), ("field", .text($0.field))])
              })
          ))
      }
      fields.append(("details", .object(details)))
    }
    return .object(fields + [("code", .number(code))])
  }
}
