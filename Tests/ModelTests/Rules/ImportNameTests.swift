import Model
import TestSupport
import Testing

@Suite struct ImportNameTests {
  private func key(_ tenant: String, _ namespace: String, _ group: String) throws -> RuleKey {
    RuleKey(tenant: try TenantID(tenant), namespace: namespace, group: group)
  }

  /// As Kubernetes takes the names of resources: RFC 1123 subdomains, here of one label.
  private func isName(_ name: String) -> Bool {
    name.wholeMatch(of: /[a-z0-9]([-a-z0-9]*[a-z0-9])?/) != nil && name.utf8.count <= 253
  }

  @Test(
    arguments: [
      ("acme", "cpu", "acme-cpu-"), ("Acme_1", "CPU usage/host", "acme-1-cpu-usage-host-"),
      ("a.b(c)*'!_-", "…", "a-b-c-"), ("0", "ä ö", "0-"), ("-", "*", ""), ("a", "--b--", "a-b-"),
    ])
  func aNameTellsPeopleWhatItIs(tenant: String, group: String, beginning: String) throws {
    let name = ImportName.name(for: try key(tenant, "default", group))
    #expect(name.hasPrefix(beginning))
    #expect(name.utf8.count == beginning.utf8.count + 32)
    #expect(isName(name))
  }

  /// The original's names were the same for some of these.
  @Test func noTwoGroupsHaveTheSameName() throws {
    let keys = [
      try key("a_b", "n", "g"), try key("a-b", "n", "g"), try key("A-b", "n", "g"), try key("a", "n", "b-g"),
      try key("a-b", "n2", "g"), try key("a-b", "n", "G"), try key("a-b", "ng", ""), try key("a-b", "", "ng"),
      try key("a-b", "n", "\u{E9}"), try key("a-b", "n", "e\u{301}"),
    ]
    #expect(Set(keys.map { ImportName.name(for: $0) }).count == keys.count)
  }

  @Test func aNameIsAlwaysTheSame() throws {
    let key = try key("acme", "default", "cpu")
    #expect(ImportName.name(for: key) == ImportName.name(for: key, attempt: 0))
    #expect(ImportName.name(for: key, attempt: 1) == ImportName.name(for: key) + "-2")
    #expect(ImportName.name(for: key, attempt: 2) == ImportName.name(for: key) + "-3")
  }

  @Test(arguments: UInt64(0)..<200) func everyNameIsOneThatKubernetesTakes(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let characters = Array("aZ0-_.!*'() /%äß\u{301}😀\n\u{0}")
    func text(_ length: Int, _ from: [Character]) -> String {
      String((0..<length).map { _ in random.pick(from) })
    }
    let tenant = text(1 + random.below(150), Array("aZ09-_!*'()")) + "a"
    let group = text(random.below(180), characters)
    let name = ImportName.name(
      for: try key(String(tenant.suffix(150)), "n", group), attempt: random.below(3))
    #expect(isName(name), "\(name)")
    #expect(name.utf8.count <= 60 + 1 + 32 + 2)
  }
}
