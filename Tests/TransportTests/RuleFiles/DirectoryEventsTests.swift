import Foundation
import TestSupport
import Testing

@testable import Transport

@Suite("Rule files: events") struct DirectoryEventsTests {
  @Test func everyKindOfChangeIsTold() async throws {
    let directory = try TemporaryDirectory()
    let events = try #require(DirectoryEvents())
    #expect(events.watch(directory.path))
    #expect(events.watch(directory.path))
    #expect(!events.watch(directory.path + "/none"))
    let told = Watched(0)
    let running = Task { await events.run { told.update { $0 += 1 } } }
    func isTold(_ change: () throws -> Void) async throws {
      let before = told.value
      try change()
      try await told.wait(for: "an event") { $0 > before }
    }
    let file = directory.url.appending(path: "a.yaml")
    try await isTold { try Data("1".utf8).write(to: file) }
    try await isTold { try Data("2".utf8).write(to: file, options: .atomic) }
    try await isTold { try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path) }
    try await isTold { try FileManager.default.removeItem(at: file) }
    try await isTold {
      try FileManager.default.createSymbolicLink(at: file, withDestinationURL: URL(filePath: "/nowhere"))
    }
    try await isTold { try FileManager.default.removeItem(at: directory.url) }
    running.cancel()
    await running.value
  }

  @Test func itEndsThoughItHasNotBegun() async throws {
    let events = try #require(DirectoryEvents())
    let running = Task { await events.run {} }
    running.cancel()
    await running.value
  }
}
