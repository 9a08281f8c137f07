import Testing

@testable import App

/// What is understood of the command line.
struct InvocationTests {
  private func serve(_ arguments: [String], _ environment: [String: String] = [:]) throws -> ServeCommand {
    let command = try Invocation(arguments: ["openmmt"] + arguments, environment: environment).command()
    return try #require(command as? ServeCommand)
  }

  private func end(_ arguments: [String], _ environment: [String: String] = [:]) -> Invocation.End? {
    let invocation = Invocation(arguments: ["openmmt"] + arguments, environment: environment)
    do {
      _ = try invocation.command()
      return nil
    } catch {
      return invocation.end(for: error)
    }
  }

  @Test func withoutACommandItServes() throws {
    #expect(try serve([]).process.role == nil)
    #expect(try serve(["--role", "proxy"]).process.role == .proxy)
    #expect(try serve(["--role", "informer"]).process.role == .informer)
    #expect(try serve(["serve", "--port", "1"]).listener.port == 1)
    #expect(try serve([], ["OPENMMT_PORT": "2"]).listener.port == 2)
    #expect(try serve(["--port", "1"], ["OPENMMT_PORT": "2"]).listener.port == 1)
    #expect(try Invocation(arguments: [], environment: [:]).command() is ServeCommand)
  }

  @Test func theSandboxIsACommand() throws {
    let invocation = Invocation(arguments: ["openmmt", "sandbox"], environment: ["OPENMMT_PORT": "3"])
    #expect(try #require(try invocation.command() as? SandboxCommand).port == 3)
  }

  static let originalNames = [
    ("open-metrics-multi-tenancy-proxy", Role.proxy), ("open-metrics-multi-tenancy-informer", .informer),
  ]

  @Test(arguments: originalNames, [[], ["--port", "7"], ["serve"], ["serve", "--port", "7"], ["--role", "proxy"]])
  func theOriginalsNamesGiveTheRole(_ original: (name: String, role: Role), _ arguments: [String]) throws {
    let invocation = Invocation(arguments: ["/usr/bin/\(original.name)"] + arguments, environment: [:])
    let options = try #require(try invocation.command() as? ServeCommand)
    #expect(options.process.role == (arguments.contains("proxy") ? .proxy : original.role))
    #expect(options.listener.port == (arguments.contains("7") ? 7 : nil))
  }

  @Test(arguments: originalNames)
  func theOriginalsNamesHaveTheOtherCommandsToo(_ original: (name: String, role: Role)) throws {
    let invocation = Invocation(arguments: [original.name, "sandbox"], environment: [:])
    #expect(try invocation.command() is SandboxCommand)
  }

  @Test func mistakesEndWithCode2InOneLine() {
    for arguments in [["--port", "x"], ["--unknown"], ["--port"], ["nonsense"], ["serve", "a", "b"]] {
      let end = end(arguments)
      #expect(end?.code == 2)
      #expect(end?.message.hasPrefix("error: ") == true)
      #expect(end?.message.contains("\n") == false)
      #expect(end?.message.contains("from the environment") == false)
    }
    #expect(end([], ["OPENMMT_PORT": "x"])?.message.contains("(from the environment: OPENMMT_PORT)") == true)
    #expect(end(["--version"]) == Invocation.End(message: Version.current, code: 0))
  }

  @Test func failuresEndByTheirKind() {
    let invocation = Invocation(arguments: ["openmmt"], environment: ["OPENMMT_PORT": "1"])
    #expect(invocation.end(for: UsageError("no")) == Invocation.End(message: "error: no", code: 2))
    let failure = invocation.end(for: EndedUnexpectedly(name: "part"))
    #expect(failure == Invocation.End(message: "error: part ended unexpectedly", code: 1))
  }
}
