import Foundation
import Glibc
import Model
import TestSupport
import Testing

@testable import Transport

/// Real programs, run for what they print.
@Suite(.timeLimit(.minutes(2)))
struct SubprocessTests {
  private static let path = ["PATH": "/usr/bin:/bin"]

  private func shell(
    _ script: String, environment: [String: String] = path, timeout: Duration = .seconds(30), outputLimit: Int = 1 << 20
  ) -> Subprocess {
    Subprocess(
      command: "/bin/sh", arguments: ["-c", script], environment: environment, timeout: timeout,
      outputLimit: outputLimit)
  }

  private func failure(_ program: Subprocess) async -> SubprocessError? {
    do {
      _ = try await program.run()
      return nil
    } catch {
      return error
    }
  }

  @Test func whatAProgramPrintsIsToldApart() async throws {
    let outcome = try await shell("echo out; echo err >&2; exit 7").run()
    #expect(outcome == Subprocess.Outcome(code: 7, output: Array("out\n".utf8), errorOutput: Array("err\n".utf8)))
  }

  /// More than a pipe holds, on both outputs by turns.
  @Test func largeOutputsDoNotBlock() async throws {
    let outcome = try await shell(
      "for i in 1 2 3 4; do head -c 100000 /dev/zero; head -c 100000 /dev/zero >&2; done"
    ).run()
    #expect(outcome.code == 0)
    #expect(outcome.output.count == 400_000 && outcome.errorOutput.count == 400_000)
  }

  @Test func aSignalIsToldFromAnExitCode() async throws {
    #expect(try await shell("kill -TERM $$").run().code == 128 + SIGTERM)
  }

  @Test func argumentsAndVariablesArriveAsTheyAre() async throws {
    let program = Subprocess(
      command: "/bin/sh", arguments: ["-c", "printf '%s|' \"$@\" \"$A\"; env | wc -l", "sh", "a b", "", "$A", "ä\n"],
      environment: ["A": "one two", "PATH": "/usr/bin:/bin"], timeout: .seconds(30))
    let text = String(decoding: try await program.run().output, as: UTF8.self)
    #expect(text.hasPrefix("a b||$A|ä\n|one two|"))
    // Those two, and what the shell adds by itself.
    #expect(text.drop { $0 != "t" }.isEmpty == false)
    #expect(text.split(separator: "|").last.flatMap { Int($0.filter(\.isNumber)) }.map { $0 <= 5 } == true)
  }

  @Test func thereIsNothingToRead() async throws {
    #expect(try await shell("cat; echo end").run().output == Array("end\n".utf8))
  }

  /// Nothing of this process is in the program's hands: no other file, and no signal that is ignored.
  @Test func nothingIsInherited() async throws {
    let file = open("/dev/null", O_RDONLY)
    defer { close(file) }
    let outcome = try await shell("ls /proc/self/fd | wc -l; grep SigIgn /proc/self/status").run()
    let text = String(decoding: outcome.output, as: UTF8.self)
    // The three of every program, and the directory that is listed.
    #expect(text.hasPrefix("4\n"), "\(text)")
    // But for the two that the C library keeps for itself, after those that have names.
    let ignored = text.split(whereSeparator: \.isWhitespace).last.flatMap { UInt64($0, radix: 16) }
    #expect(ignored.map { $0 & 0x7FFF_FFFF } == 0, "\(text)")
  }

  @Test(arguments: [("/none/program", ENOENT), ("none-such-program", ENOENT), ("/etc", EACCES)])
  func aProgramThatCannotBeRunIsNamed(command: String, code: Int32) async throws {
    let failure = await failure(Subprocess(command: command, timeout: .seconds(30)))
    guard case .notStarted(command, code, let reason) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    #expect(failure?.description == "\(command) cannot be run: \(reason)")
  }

  @Test(arguments: ["", " >&2"]) func aProgramThatPrintsTooMuchIsKilled(where output: String) async throws {
    let failure = await failure(shell("yes\(output)", outputLimit: 10_000))
    #expect(failure == .tooLong(limit: 10_000))
    #expect(failure?.description == "it printed more than 10000 bytes, and was killed")
  }

  /// With what it has started, which else would hold its outputs open.
  @Test func aProgramThatHangsIsKilled() async throws {
    let failure = await failure(shell("echo before >&2; sleep 1000 & sleep 1000", timeout: .seconds(2)))
    #expect(failure == .timeout(errorOutput: Array("before\n".utf8)))
  }

  /// One that closes its outputs and goes on does not hold anybody up for longer than it may.
  @Test func aProgramThatSaysNothingMoreIsKilledToo() async throws {
    let failure = await failure(shell("exec >&- 2>&-; sleep 1000", timeout: .milliseconds(300)))
    #expect(failure == .timeout(errorOutput: []))
  }

  @Test func cancellingKillsIt() async throws {
    let folder = try TemporaryFolder()
    let pipe = folder.url.appending(path: "started").path
    #expect(mkfifo(pipe, 0o600) == 0)
    let program = shell("echo > \(pipe); sleep 1000")
    let running = Task { await failure(program) }
    // Opening it waits for the program to write.
    let started = await Task.detached { open(pipe, O_RDONLY) }.value
    defer { close(started) }
    running.cancel()
    #expect(await running.value == .cancelled)
    // One that is cancelled before it begins ends as well.
    let early = Task { await failure(shell("sleep 1000")) }
    early.cancel()
    #expect(await early.value == .cancelled)
  }
}
