import Testing

@testable import App

extension ServeConfiguration {
  /// What becomes of a command line.
  init(words: [String], environment: [String: String] = [:]) throws {
    let command = try Invocation(arguments: ["openmmt"] + words, environment: environment).command()
    try self.init(#require(command as? ServeCommand))
  }
}
