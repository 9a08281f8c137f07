import Foundation
import Model
import TestSupport
import Testing

@testable import Transport

@Suite struct TenantMemoryFileTests {
  private static let file = "allowed-tenants.json"

  private let directory: TemporaryDirectory
  private let memory: TenantMemoryFile

  init() throws {
    directory = try TemporaryDirectory()
    memory = TenantMemoryFile(directory: directory.path)
  }

  @Test func atFirstNothingIsRemembered() async throws {
    #expect(try await memory.recall() == nil)
  }

  @Test(arguments: [[], ["a"], ["b", "a", "0"], ["two\nlines", "\"quoted\"", "ä", ""]] as [Set<String>])
  func whatIsRememberedComesBack(_ names: Set<String>) async throws {
    try await memory.remember(["before"])
    try await memory.remember(names)
    #expect(try await TenantMemoryFile(directory: directory.path).recall() == names)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == [Self.file])
  }

  @Test func itIsReadable() async throws {
    try await memory.remember(["b", "a"])
    #expect(try directory.read(Self.file) == "[\"a\",\"b\"]\n")
  }

  @Test(arguments: ["", "{", "{}", "[1", "[[]]", "[null]"])
  func whatIsNoListIsRefused(_ text: String) async throws {
    try directory.write(text, to: Self.file)
    let failure = await #expect(throws: TenantMemoryFailure.self) { try await memory.recall() }
    #expect(failure?.description.contains(Self.file) == true)
  }

  @Test func withoutADirectoryNothingIsRemembered() async throws {
    let memory = TenantMemoryFile(directory: directory.path + "/none")
    #expect(try await memory.recall() == nil)
    let failure = await #expect(throws: TenantMemoryFailure.self) { try await memory.remember(["a"]) }
    #expect(failure?.description.contains("No such file or directory") == true)
  }
}
