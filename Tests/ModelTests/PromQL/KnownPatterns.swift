import Model

/// The patterns of these tests: which of them match the empty string, and which are none.
struct KnownPatterns: PromQLPatternChecker {
  private static let matchingEmpty: Set<String> = ["", ".*", "a*", "(.*)", "a|", "|b", "x?", "^$"]

  private static let broken = [
    "(": "error parsing regexp: missing closing ): `(`",
    "*": "error parsing regexp: missing argument to repetition operator: `*`",
    "a(?!b)": "error parsing regexp: invalid or unsupported Perl syntax: `(?!`",
  ]

  func matchesEmpty(_ pattern: [UInt8]) throws(PromQLPatternError) -> Bool {
    let pattern = String(decoding: pattern, as: UTF8.self)
    if let message = Self.broken[pattern] { throw PromQLPatternError(message: message) }
    return Self.matchingEmpty.contains(pattern)
  }
}

extension PromQLParser {
  /// A parser for tests.
  init(_ dialect: PromQLDialect = .cortex, features: PromQLFeatures? = nil, limits: PromQLLimits = PromQLLimits()) {
    self.init(dialect: dialect, features: features, limits: limits, patterns: KnownPatterns())
  }

  /// What is said of an expression: the messages with their positions, of which there are none if it is sound.
  func messages(of text: String) -> [String] {
    do throws(PromQLErrors) {
      _ = try parse(text)
      return []
    } catch {
      return error.errors.map(\.description)
    }
  }
}
