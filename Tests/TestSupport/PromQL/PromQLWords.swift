/// The words from which expressions are made.
enum PromQLWords {
  static let metrics = [
    "up", "http_requests_total", "node_cpu_seconds_total", "job:errors:rate5m", "a", "x", "by", "sum", "offset",
    "start", "and", "foo",
  ]

  static let labels = ["job", "instance", "le", "code", "by", "on", "sum", "offset", "bool", "_", "a1"]

  static let numbers = [
    "0", "1", "42", "0.5", ".5", "5.", "1e3", "1E-3", "0x1F", "0755", "1_000", "Inf", "NaN", "inf", "1e+300",
  ]

  static let strings = [
    #""a""#, #"'b c'"#, "`r\\w`", #""\n\"x""#, #"'\''"#, #""\x41\101\u0041""#, #""""#, #""ü""#, #""$1""#,
  ]

  static let punctuation = "(){}[],:=!~<>+-*/%^@#.\"'`_ \n$"

  static let all: [String] =
    metrics + labels + numbers + strings + operators + keywords + durations + fragments

  private static let operators = [
    "=", "==", "!=", "=~", "!~", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "^", "@", "atan2", "or", "unless",
  ]

  private static let keywords = [
    "topk", "count_values", "quantile", "without", "ignoring", "group_left", "group_right", "bool", "end", "rate",
    "nosuch", "label_replace", "smoothed", "step",
  ]

  private static let durations = ["5m", "1h30m", "5m1h", "5mm", "1hs", "0s", "[5m]", "[5m:]", "[1h:5m]"]

  /// What durations are made of, and what is too long for one.
  static let durationParts = [
    "5m", "0", "1.5", "9.5e10", "300y", "1e300", "inf", "nan", "+", "-", "*", "/", "%", "^", "(", ")", ",", ":",
    "step()", "range()", "start()", "end()", "min(", "max(", "min_of(", "max_of(",
  ]

  private static let fragments = [
    "(", ")", "{", "}", "[", "]", ",", ":", "()", "{}", "::", "#", "\n", ".", "\"", "'", "`", "\\", "$", "!", "&", ";",
    "é", "1e400", "0x", "1__0", "100..4",
  ]

  /// Cuts an expression into words and what is between them; joined they are the expression again.
  static func split(_ text: String) -> [String] {
    var words: [String] = []
    var isInWord = false
    for character in text {
      let isOfWord = character.isASCII && (character.isLetter || character.isNumber || character == "_")
      if isOfWord, isInWord, let last = words.indices.last {
        words[last].append(character)
      } else {
        words.append(String(character))
      }
      isInWord = isOfWord
    }
    return words
  }
}
