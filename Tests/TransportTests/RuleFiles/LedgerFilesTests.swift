import Foundation
import Model
import TestSupport
import Testing

@testable import Transport

/// Ledgers in files.
@Suite struct LedgerFilesTests {
  private let directory: TemporaryDirectory
  private let ledgers: LedgerFiles

  init() throws {
    directory = try TemporaryDirectory()
    ledgers = LedgerFiles(directory: directory.path)
  }

  private func file(of tenant: TenantID) -> String { "\(LedgerCodec.name(of: tenant)).json" }

  /// One that takes several ConfigMaps is one file all the same.
  @Test func aLargeLedgerIsOneFile() async throws {
    let tenant = try TenantID("acme")
    let large = Ledger.groups(12_000)
    #expect(LedgerCodec.parts(of: large, tenant: tenant).count > 1)
    let version = try await ledgers.save(large, of: tenant, over: nil)
    let loaded = try await ledgers.load(tenant)
    #expect(loaded.ledger == large && loaded.version == version)
    #expect(try await ledgers.tenants() == [tenant])
    let small = try await ledgers.save(Ledger.groups(1), of: tenant, over: version)
    #expect(try await ledgers.load(tenant).ledger == Ledger.groups(1))
    #expect(small != version)
  }

  @Test(arguments: ["a.b(c)*'!_-", "0", "a", "A"]) func everyTenantHasAFile(name: String) async throws {
    let tenant = try TenantID(name)
    let other = try TenantID("other")
    _ = try await ledgers.save(Ledger.groups(1), of: tenant, over: nil)
    _ = try await ledgers.save(Ledger.groups(2), of: other, over: nil)
    #expect(try await ledgers.tenants() == [tenant, other])
    #expect(try await ledgers.load(tenant).ledger == Ledger.groups(1))
  }

  @Test(arguments: ["", "{", "hello", #"{"version":1,"tenant":"other","part":0,"parts":1,"namespaces":{}}"#])
  func whatIsNoLedgerIsLeftAsItIs(text: String) async throws {
    let tenant = try TenantID("acme")
    try directory.write(text, to: file(of: tenant))
    let failure = await #expect(throws: LedgerFailure.self) { try await ledgers.load(tenant) }
    guard case .corrupt = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    let late = await #expect(throws: LedgerFailure.self) {
      try await ledgers.save(Ledger.groups(1), of: tenant, over: nil)
    }
    #expect(late == .conflict)
    #expect(try directory.read(file(of: tenant)) == text)
  }

  /// A part of a ledger that was cut off is a ledger that cannot be read, and not a smaller one.
  @Test func aLedgerThatWasCutIsCorrupt() async throws {
    let tenant = try TenantID("acme")
    _ = try await ledgers.save(Ledger.groups(12_000), of: tenant, over: nil)
    let lines = try directory.read(file(of: tenant)).split(separator: "\n")
    for rest in [lines.dropLast().joined(separator: "\n"), String(lines.joined(separator: "\n").dropLast(9))] {
      try directory.write(rest, to: file(of: tenant))
      await #expect(throws: LedgerFailure.self) { try await ledgers.load(tenant) }
    }
  }

  @Test func filesOfOthersAreNoLedgers() async throws {
    try directory.write("{}", to: "omi-ledger-x.json")
    try directory.write("{\"tenant\":\"a/b\"}", to: "omi-ledger-y.json")
    try directory.write("{\"tenant\":\"acme\"}", to: "another.json")
    try directory.write("{\"tenant\":\"acme\"}", to: "omi-ledger-z.txt")
    #expect(try await ledgers.tenants().isEmpty)
  }

  @Test func ofManyAtOnceOneIsRight() async throws {
    let tenant = try TenantID("acme")
    let version = try await ledgers.save(Ledger.groups(1), of: tenant, over: nil)
    let winners = await withTaskGroup(of: Int64?.self) { group in
      for number in 0..<8 {
        group.addTask {
          let isSaved =
            (try? await ledgers.save(Ledger.groups(1, agreed: Int64(number)), of: tenant, over: version)) != nil
          return isSaved ? Int64(number) : nil
        }
      }
      return await group.reduce(into: [Int64]()) { if let winner = $1 { $0.append(winner) } }
    }
    #expect(winners.count == 1)
    #expect(try await ledgers.load(tenant).ledger.entries.values.map(\.agreed) == winners)
  }

  @Test func aDirectoryThatCannotBeReadIsSaid() async throws {
    let file = try TemporaryDirectory()
    try file.write("", to: "file")
    let ledgers = LedgerFiles(directory: "\(file.path)/file")
    let failure = await #expect(throws: LedgerFailure.self) { try await ledgers.tenants() }
    #expect(failure?.description.contains("Not a directory") == true)
    await #expect(throws: LedgerFailure.self) {
      try await ledgers.save(Ledger.groups(1), of: TenantID("acme"), over: nil)
    }
  }
}
