import Model

/// A field of an object, as server-side apply tells fields apart.
struct FieldPath: Hashable {
  enum Step: Hashable {
    case field(String)
    /// An item of a list whose items are told apart by some of their fields, here as JSON.
    case key(String)
    /// An item of a set, as JSON.
    case value(String)

    /// As `managedFields` has it.
    var text: String {
      switch self {
      case .field(let name): "f:\(name)"
      case .key(let key): "k:\(key)"
      case .value(let value): "v:\(value)"
      }
    }
  }

  var steps: [Step] = []

  func appending(_ step: Step) -> FieldPath {
    FieldPath(steps: steps + [step])
  }

  /// As conflicts name it, such as `.spec.groups[name="cpu"].rules`.
  var description: String {
    steps.map { step in
      switch step {
      case .field(let name): ".\(name)"
      case .key(let key): "[\(key.dropFirst().dropLast())]"
      case .value(let value): "[=\(value)]"
      }
    }.joined()
  }

  /// The names of the fields on the way, such as `spec.groups`.
  var names: String {
    steps.compactMap { if case .field(let name) = $0 { name } else { nil } }.joined(separator: ".")
  }

  func hasPrefix(_ name: String) -> Bool {
    steps.first == .field(name)
  }
}
