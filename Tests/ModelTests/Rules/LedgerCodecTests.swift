import TestSupport
import Testing

@testable import Model

@Suite struct LedgerCodecTests {
  private static func ledger(_ count: Int) throws -> Ledger {
    var ledger = Ledger()
    for number in 0..<count {
      let hash = RuleComparison().hash(RuleGroup(name: "\(number)", rules: []))
      var entry = LedgerEntry(
        kubernetesHash: hash, rulerHash: hash, origin: .kubernetes, uid: "f464a3da-6db4-4fc8-ad81-260c8cd79579",
        sighting: LedgerEntry.Sighting(namespace: "default"), agreed: 1_700_000_000)
      if number.isMultiple(of: 7) {
        entry.origin = .ruler
        entry.state = .tombstone
        entry.rulerHash = RuleComparison().hash(RuleGroup(name: "x", rules: []))
        entry.writes = [1, 2]
        entry.lost = "name: \"g\"\n"
        entry.uid = ""
        entry.sighting?.selector = "stage!=\"test\",team=a"
      }
      ledger.entries[LedgerKey(namespace: "n\(number % 3)/\"", group: "group-\(number)")] = entry
    }
    return ledger
  }

  @Test(arguments: [(0, 1), (1, 1), (50, 1), (50, 2), (50, 8)]) func whatIsWrittenReadsBack(
    _ count: Int, _ parts: Int
  ) throws {
    let tenant = try TenantID("acme")
    let ledger = try Self.ledger(count)
    let limit = parts == 1 ? Int.max : 8_000 / parts
    let texts = LedgerCodec.parts(of: ledger, tenant: tenant, maximumLength: limit)
    #expect(parts == 1 ? texts.count == 1 : texts.count > 1)
    #expect(try LedgerCodec.partCount(in: texts[0], of: tenant) == texts.count)
    #expect(try LedgerCodec.ledger(from: texts, of: tenant) == ledger)
  }

  @Test func itIsShort() throws {
    var ledger = try Self.ledger(1000)
    ledger.entries = ledger.entries.filter { $0.value.state == .agreed }
    let text = LedgerCodec.parts(of: ledger, tenant: try TenantID("acme"))[0]
    #expect(text.utf8.count / ledger.entries.count <= 150)
  }

  @Test func partsThatDoNotBelongTogetherAreCorrupt() throws {
    let tenant = try TenantID("acme")
    let texts = LedgerCodec.parts(of: try Self.ledger(50), tenant: tenant, maximumLength: 4000)
    #expect(throws: LedgerFailure.self) { try LedgerCodec.ledger(from: Array(texts.dropLast()), of: tenant) }
    #expect(throws: LedgerFailure.self) { try LedgerCodec.ledger(from: texts.reversed(), of: tenant) }
    #expect(throws: LedgerFailure.self) { try LedgerCodec.ledger(from: [], of: tenant) }
    #expect(throws: LedgerFailure.self) { try LedgerCodec.ledger(from: texts, of: try TenantID("beta")) }
  }

  @Test(arguments: [
    "", "{}", "[]", "null", #"{"version":2,"tenant":"acme","part":0,"parts":1,"namespaces":{}}"#,
    #"{"version":1,"tenant":"acme","part":0,"parts":0,"namespaces":{}}"#,
    #"{"version":1,"tenant":"acme","part":0,"parts":1,"namespaces":{"n":[]}}"#,
    #"{"version":1,"tenant":"acme","part":0,"parts":1,"namespaces":{"n":{"g":{"k":"x","t":1}}}}"#,
  ]) func whatIsNoLedgerIsCorrupt(_ text: String) throws {
    let tenant = try TenantID("acme")
    #expect(throws: LedgerFailure.self) { try LedgerCodec.ledger(from: [text], of: tenant) }
  }

  /// A version that did not keep it has written ledgers, too.
  @Test(
    arguments: [
      ("", nil), (#","n":"a""#, LedgerEntry.Sighting(namespace: "a")),
      (#","n":"a","l":"team=a""#, LedgerEntry.Sighting(namespace: "a", selector: "team=a")), (#","l":"team=a""#, nil),
    ] as [(String, LedgerEntry.Sighting?)])
  func whereResourcesWereSeenMayBeUnknown(_ fields: String, _ sighting: LedgerEntry.Sighting?) throws {
    let tenant = try TenantID("acme")
    let hash = RuleComparison().hash(RuleGroup(name: "g", rules: []))
    let entry = #"{"k":"\#(hash.text)","t":1\#(fields)}"#
    let text = #"{"version":1,"tenant":"acme","part":0,"parts":1,"namespaces":{"n":{"g":\#(entry)}}}"#
    let ledger = try LedgerCodec.ledger(from: [text], of: tenant)
    #expect(
      ledger.entries == [
        LedgerKey(namespace: "n", group: "g"): LedgerEntry(
          kubernetesHash: hash, rulerHash: hash, origin: .kubernetes, sighting: sighting, agreed: 1)
      ])
  }

  /// A damaged ledger is refused, or what was not damaged is read; nothing crashes.
  @Test(arguments: UInt64(0)..<100) func damagedTextIsNoHarm(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let tenant = try TenantID("acme")
    var text = Array(LedgerCodec.parts(of: try Self.ledger(5), tenant: tenant)[0].utf8)
    text[random.below(text.count)] = UInt8(random.below(128))
    let read = try? LedgerCodec.ledger(from: [String(decoding: text, as: UTF8.self)], of: tenant)
    #expect((read?.entries.count ?? 0) <= 5)
  }

  /// Unicode calls these names equal; a ruler has both.
  @Test func namesAreToldApartByBytes() throws {
    let tenant = try TenantID("acme")
    let hash = RuleComparison().hash(RuleGroup(name: "g", rules: []))
    var ledger = Ledger()
    for (number, name) in ["\u{E9}", "e\u{301}"].enumerated() {
      let entry = LedgerEntry(kubernetesHash: hash, rulerHash: hash, origin: .kubernetes, agreed: Int64(number))
      ledger.entries[LedgerKey(namespace: "n", group: name)] = entry
      ledger.entries[LedgerKey(namespace: name, group: "g")] = entry
    }
    #expect(ledger.entries.count == 4)
    let texts = LedgerCodec.parts(of: ledger, tenant: tenant)
    #expect(try LedgerCodec.ledger(from: texts, of: tenant) == ledger)
  }

  @Test func namesAreStable() throws {
    let tenant = try TenantID("acme")
    #expect(LedgerCodec.name(of: tenant).hasPrefix("omi-ledger-"))
    #expect(LedgerCodec.name(of: tenant, part: 1, count: 2) == LedgerCodec.name(of: tenant) + "-2-1")
  }
}
