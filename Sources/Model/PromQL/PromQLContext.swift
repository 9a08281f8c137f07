/// What is being read, for messages about words that do not fit.
struct PromQLContext {
  static let none = PromQLContext()
  static let aggregation = PromQLContext(place: "aggregation")
  static let timestamp = PromQLContext(place: "@", expected: "timestamp")
  static let windowEnd = PromQLContext(place: "subquery or range", expected: #"":" or "]""#)
  static let stepEnd = PromQLContext(place: "subquery selector", expected: #""]""#)
  static let labelsStart = PromQLContext(place: "grouping opts", expected: #""(""#)
  static let label = PromQLContext(place: "grouping opts", expected: "label")
  static let labelsEnd = PromQLContext(place: "grouping opts", expected: #""," or ")""#)
  static let matcher = PromQLContext(place: "label matching", expected: #"identifier or "}""#)
  static let matcherOperator = PromQLContext(place: "label matching", expected: "label matching operator")
  static let matcherValue = PromQLContext(place: "label matching", expected: "string")
  static let matchersEnd = PromQLContext(place: "label matching", expected: #""," or "}""#)

  /// What it is called; empty where that helps nobody.
  private let place: String
  /// What would have been right, where that can be told.
  private let expected: String

  private init(place: String = "", expected: String = "") {
    self.place = place
    self.expected = expected
  }

  static func offset(in dialect: PromQLDialect) -> PromQLContext {
    PromQLContext(place: "offset", expected: durations(of: dialect))
  }

  static func window(in dialect: PromQLDialect) -> PromQLContext {
    PromQLContext(place: "subquery or range selector", expected: durations(of: dialect))
  }

  static func step(in dialect: PromQLDialect) -> PromQLContext {
    let functions = dialect.isLate ? "step(), range()" : "step()"
    return PromQLContext(place: "subquery selector", expected: #"number, duration, \#(functions), or "]""#)
  }

  private static func durations(of dialect: PromQLDialect) -> String {
    dialect.isLate ? "number, duration, step(), or range()" : "number, duration, or step()"
  }

  /// What comes after the word in a message.
  var description: String {
    (place.isEmpty ? "" : " in \(place)") + (expected.isEmpty ? "" : ", expected \(expected)")
  }
}
