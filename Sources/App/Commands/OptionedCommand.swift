import ArgumentParser

/// A command whose options can also be given in the environment.
protocol OptionedCommand: ParsableCommand {
  /// Its name on the command line.
  static var name: String { get }
  static var options: [CommandOption] { get }
}
