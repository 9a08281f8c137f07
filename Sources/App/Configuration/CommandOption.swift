import ArgumentParser

/// An option of a command, as far as the environment has to know it.
struct CommandOption: Equatable {
  /// The name, without dashes before it.
  var name: String
  /// Whether it is given or not, without a value.
  var isFlag: Bool

  /// The options of commands and groups, found in their property wrappers. Groups within them have to be named besides.
  static func all(of options: any ParsableArguments...) -> [CommandOption] {
    options.flatMap { Mirror(reflecting: $0).children }.compactMap { child in
      let wrapper = "\(type(of: child.value))"
      guard let label = child.label, label.hasPrefix("_"), ["Option<", "Flag<"].contains(where: wrapper.hasPrefix)
      else {
        return nil
      }
      return CommandOption(name: kebabCase(label.dropFirst()), isFlag: wrapper.hasPrefix("Flag<"))
    }
  }

  /// `maxBytesInFlight` → `max-bytes-in-flight`, as ArgumentParser names an option by its property.
  private static func kebabCase(_ name: Substring) -> String {
    name.reduce(into: "") { result, character in
      if character.isUppercase { result.append("-") }
      result.append(character.lowercased())
    }
  }
}
