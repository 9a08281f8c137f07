import ArgumentParser
import FoundationEssentials
import Transport

/// The program: finds out what is asked for, does it, and says in one line what went wrong.
@main
enum OpenMMT {
  static func main() async {
    // Before there are other threads.
    CurlLibrary.start()
    let invocation = Invocation(
      arguments: CommandLine.arguments, environment: ProcessInfo.processInfo.environment)
    do {
      var command = try invocation.command()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      let end = invocation.end(for: error)
      let output = end.code == 0 ? StandardStream.output : .error
      // Whoever is not to be told is told by the code.
      if !end.message.isEmpty { try? output.write(end.message + "\n") }
      RootCommand.exit(withError: ExitCode(end.code))
    }
  }
}
