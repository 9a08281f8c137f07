/// What is known inside a template: the text as a whole, or what it defines with a name of its own.
struct TemplateScope {
  let name: String
  /// Whether this is the text as a whole, whose data is the alert.
  let isMain: Bool
  /// Whether it holds nothing but spaces so far: only then may it be defined again.
  var isBlank: Bool
  /// How many loops are open.
  var rangeDepth = 0
  /// Whether the dot is the alert's data.
  var dotIsAlert: Bool
  /// The line of the action that is being read; 0 outside of actions.
  var actionLine = 0

  /// The variables that the text defines, in order.
  private var variables: [String] = []
  /// How often each of them is defined, since one may hide another.
  private var definitions: [String: Int] = [:]

  init(name: String, isMain: Bool) {
    self.name = name
    self.isMain = isMain
    // Prometheus puts its definitions before the text.
    isBlank = !isMain
    dotIsAlert = isMain
  }

  var variableCount: Int { variables.count }

  mutating func define(_ variable: String) {
    variables.append(variable)
    definitions[variable, default: 0] += 1
  }

  func isDefined(_ variable: String) -> Bool {
    isPredefined(variable) || variable == "$" || definitions[variable, default: 0] > 0
  }

  /// Whether a variable is one that Prometheus defines, and not one of the same name.
  func isPredefined(_ variable: String) -> Bool {
    isMain && AlertTemplate.variables.contains(variable) && definitions[variable, default: 0] == 0
  }

  /// Forgets all but the first `count` variables.
  mutating func forgetVariables(after count: Int) {
    for variable in variables[count...] { definitions[variable, default: 0] -= 1 }
    variables.removeSubrange(count...)
  }
}
