import Model

/// A function as a test knows it, and calls of it that are right and wrong.
struct FunctionCase {
  let name: String
  let parameters: [PromQLValueType]
  let result: PromQLValueType
  let isExperimental: Bool
  private let counts: ClosedRange<Int>
  /// What is said of too few arguments, or of too many.
  private let bounds: (few: String, many: String)

  /// - Parameter line: `name parameters result`, the letters as `PromQLFunctionTests` explains them.
  init(_ line: String) {
    let parts = line.split(separator: " ")
    name = String(parts[0])
    parameters = parts[1].compactMap(Self.type)
    result = parts[2].compactMap(Self.type)[0]
    isExperimental = parts.count > 3
    let count = parameters.count
    let repetition = parts[1].drop { Self.type($0) != nil }
    switch repetition {
    case "", "-":
      counts = count...count
      bounds = ("\(count)", "\(count)")
    case "*":
      counts = (count - 1)...(count + 3)
      bounds = ("at least \(count - 1)", "")
    default:
      let most = count - 1 + (Int(repetition.dropFirst()) ?? 1)
      counts = (count - 1)...most
      bounds = ("at least \(count - 1)", "at most \(most)")
    }
  }

  private static func type(_ letter: Character) -> PromQLValueType? {
    switch letter {
    case "V": .vector
    case "M": .matrix
    case "S": .scalar
    case "T": .string
    default: nil
    }
  }

  /// Arguments in every number that is right.
  var takenArguments: [[PromQLValueType]] { counts.map(arguments) }

  /// Arguments in a number that is wrong, and what is said of how many there should be.
  var refusedCounts: [([PromQLValueType], String)] {
    var refused: [([PromQLValueType], String)] = []
    if counts.lowerBound > 0 { refused.append((arguments(counts.lowerBound - 1), bounds.few)) }
    if !bounds.many.isEmpty { refused.append((arguments(counts.upperBound + 1), bounds.many)) }
    return refused
  }

  /// Arguments of which one has a wrong type, and which.
  var refusedTypes: [([PromQLValueType], position: Int)] {
    (0..<counts.upperBound).flatMap { position in
      [PromQLValueType.vector, .matrix, .scalar, .string].compactMap { type in
        var arguments = arguments(counts.upperBound)
        guard arguments[position] != type else { return nil }
        arguments[position] = type
        return (arguments, position)
      }
    }
  }

  private func arguments(_ count: Int) -> [PromQLValueType] {
    (0..<count).map { parameters.isEmpty ? .vector : parameters[min($0, parameters.count - 1)] }
  }

  /// A call with arguments of some types.
  func call(_ arguments: [PromQLValueType]) -> String {
    let texts = arguments.map { type in
      switch type {
      case .matrix: "a[5m]"
      case .scalar: "1"
      case .string: "'x'"
      default: name == "info" ? "{a=\"b\"}" : "a"
      }
    }
    return "\(name)(\(texts.joined(separator: ", ")))"
  }
}
