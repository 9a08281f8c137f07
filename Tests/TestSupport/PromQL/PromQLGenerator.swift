/// Makes expressions of PromQL from a seed: sound ones, with every construct of the language, and broken ones.
package struct PromQLGenerator {
  private var random: SplitMix64
  /// How much deeper the expression may become.
  private var depth = 0

  package init(seed: UInt64) {
    random = SplitMix64(seed: seed)
  }

  /// An expression that Prometheus takes, as far as types go.
  package mutating func expression() -> String {
    depth = 4
    return random.oneIn(6) ? scalar() : vector()
  }

  /// An expression with something changed, which may break it.
  package mutating func mutatedExpression() -> String {
    var words = PromQLWords.split(expression())
    for _ in 0..<(1 + random.below(2)) { mutate(&words) }
    return words.joined()
  }

  /// A row of words without any sense.
  package mutating func wordSoup() -> String {
    (0..<(1 + random.below(12))).map { _ in random.pick(PromQLWords.all) }.joined(separator: random.oneIn(3) ? "" : " ")
  }

  /// A metric with a duration behind it that is a row of words without any sense.
  package mutating func durationSoup() -> String {
    let words = (0..<(1 + random.below(6))).map { _ in random.pick(PromQLWords.durationParts) }.joined(separator: " ")
    return random.pick(["a[\(words)]", "a[5m:\(words)]", "a offset \(words)", "a @ \(words)", "a[\(words)"])
  }

  /// A text of a few bytes, of which not all need be UTF-8.
  package mutating func bytes(count: Int) -> [UInt8] {
    (0..<count).map { _ in random.oneIn(3) ? UInt8(random.below(256)) : random.pick(Array(PromQLWords.punctuation.utf8))
    }
  }

  // MARK: - Mutations

  private mutating func mutate(_ words: inout [String]) {
    let index = random.below(max(1, words.count))
    guard index < words.count else { return words.append(random.pick(PromQLWords.all)) }
    switch random.below(7) {
    case 0: words.remove(at: index)
    case 1: words.insert(random.pick(PromQLWords.all), at: index)
    case 2: words[index] = random.pick(PromQLWords.all)
    case 3: words.insert(words[index], at: index)
    case 4: words.swapAt(index, random.below(words.count))
    case 5: words.removeLast(words.count - index)
    default: words[index] = mutated(words[index])
    }
  }

  private mutating func mutated(_ word: String) -> String {
    var characters = Array(word)
    guard !characters.isEmpty else { return random.pick(PromQLWords.all) }
    let index = random.below(characters.count)
    if random.oneIn(2) {
      characters.remove(at: index)
    } else {
      characters.insert(random.pick(Array(PromQLWords.punctuation)), at: index)
    }
    return String(characters)
  }

  // MARK: - Sound expressions

  private mutating func scalar() -> String {
    depth -= 1
    defer { depth += 1 }
    guard depth > 0 else { return number() }
    switch random.below(8) {
    case 0: return "scalar(\(vector()))"
    case 1: return "(\(scalar()))"
    case 2: return "\(scalar())\(space()) \(arithmetic()) \(scalar())"
    case 3: return "\(scalar()) \(comparison()) bool \(scalar())"
    case 4: return "\(random.pick(["-", "+"]))\(scalar())"
    case 5: return random.pick(["time()", "pi()"])
    default: return number()
    }
  }

  private mutating func vector() -> String {
    depth -= 1
    defer { depth += 1 }
    guard depth > 0 else { return selector() }
    switch random.below(16) {
    case 0, 1: return aggregation()
    case 2, 3, 4: return call()
    case 5: return "(\(space())\(vector())\(space()))"
    case 6: return "\(random.pick(["-", "+"]))\(vector())"
    case 7: return "\(vector()) \(arithmetic()) \(vector())"
    case 8: return "\(operand()) \(arithmetic())\(matching()) \(operand())"
    case 9: return "\(operand()) \(comparison())\(bool())\(matching()) \(operand())"
    case 10: return "\(vector()) \(comparison())\(bool()) \(scalar())"
    case 11: return "\(scalar()) \(arithmetic()) \(vector())"
    case 12: return "\(vector()) \(random.pick(["and", "or", "unless", "AND"]))\(on()) \(vector())"
    default: return selector() + modifiers()
    }
  }

  /// A vector that stays together whatever stands beside it.
  private mutating func operand() -> String {
    switch random.below(4) {
    case 0 where depth > 0: return aggregation()
    case 1 where depth > 0: return call()
    case 2: return "(\(vector()))"
    default: return selector() + modifiers()
    }
  }

  private mutating func matrix() -> String {
    if depth > 1, random.oneIn(4) {
      return "\(subqueryOperand())[\(duration()):\(random.oneIn(2) ? duration() : "")]\(modifiers())"
    }
    // There are no comments before the number.
    let blank = random.oneIn(8) ? "\t" : ""
    return "\(selector())\(blank)[\(blank)\(duration())\(space())]\(modifiers())"
  }

  private mutating func subqueryOperand() -> String {
    random.oneIn(2) ? "(\(vector()))" : selector()
  }

  private mutating func aggregation() -> String {
    let labels = random.oneIn(2) ? "" : " \(random.pick(["by", "without", "BY"]))\(space())(\(labels()))"
    let (name, parameter) = random.pick([
      ("sum", ""), ("avg", ""), ("count", ""), ("min", ""), ("max", ""), ("group", ""), ("stddev", ""), ("stdvar", ""),
      ("SUM", ""), ("topk", "n"), ("bottomk", "n"), ("quantile", "n"), ("count_values", "s"),
    ])
    let first = parameter.isEmpty ? "" : parameter == "n" ? "\(scalar()), " : "\(string()), "
    let body = "\(space())(\(first)\(vector()))"
    return random.oneIn(2) ? name + labels + body : name + body + labels
  }

  private mutating func call() -> String {
    switch random.below(10) {
    case 0: return "\(random.pick(["abs", "ceil", "ln", "sgn", "sort", "timestamp", "absent", "sqrt"]))(\(vector()))"
    case 1: return "\(random.pick(["hour", "month", "day_of_week"]))(\(random.oneIn(2) ? "" : vector()))"
    case 2: return "clamp_\(random.pick(["max", "min"]))(\(vector()), \(scalar()))"
    case 3: return "histogram_quantile(\(scalar()), \(vector()))"
    case 4: return "label_replace(\(vector()), \(string()), \(string()), \(string()), \(string()))"
    case 5: return "label_join(\(vector()), \(string()), \(string())\(random.oneIn(2) ? "" : ", \(string())"))"
    case 6: return "vector(\(scalar()))"
    case 7: return "predict_linear(\(matrix()), \(scalar()))"
    case 8: return "quantile_over_time(\(scalar()), \(matrix()))"
    default:
      return
        "\(random.pick(["rate", "increase", "delta", "irate", "avg_over_time", "changes", "deriv"]))(\(matrix()))"
    }
  }

  private mutating func selector() -> String {
    let name = random.pick(PromQLWords.metrics)
    switch random.below(5) {
    case 0: return "{\(random.pick(PromQLWords.labels))=\(random.pick(["\"a\"", "~'a|b'", "~`a+`", "\"\\u00e9\""]))}"
    case 1, 2: return "\(name){\(matchers())}"
    default: return name
    }
  }

  private mutating func matchers() -> String {
    let matchers = (0..<random.below(4)).map { _ in
      "\(random.pick(PromQLWords.labels))\(space())\(random.pick(["=", "!="]))\(space())\(string())"
    }
    return matchers.joined(separator: ",\(space())") + (matchers.isEmpty || !random.oneIn(4) ? "" : ",")
  }

  private mutating func modifiers() -> String {
    var text = ""
    if random.oneIn(6) { text += " @ \(random.pick(["1609746000", "-1.5", "start()", "end( )", "0x10", "+2e3"]))" }
    if random.oneIn(5) { text += " \(random.pick(["offset", "OFFSET"])) \(random.oneIn(3) ? "-" : "")\(duration())" }
    return text
  }

  private mutating func matching() -> String {
    let on = on()
    guard !on.isEmpty, random.oneIn(2) else { return on }
    // No label may be in both places.
    return "\(on) \(random.pick(["group_left", "group_right"]))(\(labels(prefix: "g")))"
  }

  private mutating func on() -> String {
    random.oneIn(2) ? "" : " \(random.pick(["on", "ignoring"]))\(space())(\(labels()))"
  }

  private mutating func bool() -> String {
    random.oneIn(3) ? " bool" : ""
  }

  private mutating func labels(prefix: String = "") -> String {
    let labels = (0..<random.below(4)).map { _ in prefix + random.pick(PromQLWords.labels) }
    return labels.joined(separator: ",\(space())") + (labels.isEmpty || !random.oneIn(5) ? "" : ",")
  }

  private mutating func arithmetic() -> String {
    random.pick(["+", "-", "*", "/", "%", "^", "atan2"])
  }

  private mutating func comparison() -> String {
    random.pick(["==", "!=", "<", "<=", ">", ">="])
  }

  private mutating func number() -> String {
    random.pick(PromQLWords.numbers)
  }

  private mutating func duration() -> String {
    random.pick(["5m", "1h", "30s", "1d", "1w", "1y", "1h30m", "100ms", "1m30s", "90s"])
  }

  private mutating func string() -> String {
    random.pick(PromQLWords.strings)
  }

  private mutating func space() -> String {
    random.oneIn(8) ? random.pick([" ", "  ", "\n", "\t", " # c\n"]) : ""
  }
}
