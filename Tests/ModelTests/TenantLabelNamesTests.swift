import Testing

@testable import Model

@Suite struct TenantLabelNamesTests {
  @Test(arguments: [
    (["tenant_id"], ["tenant_id"]),
    ([], []),
    ([""], []),
    (["a", "", "b", "a"], ["a", "b"]),
    (["Tenant", "tenant"], ["Tenant", "tenant"]),
    (
      [String(repeating: "n", count: 63), String(repeating: "n", count: 64)],
      [String(repeating: "n", count: 63), String(repeating: "n", count: 64)]
    ),
  ])
  func duplicatesAndEmptyNamesAreLeftOut(given: [String], kept: [String]) {
    #expect(TenantLabelNames(given).names == kept)
  }

  /// Swift takes é for the same as e and an accent. Label names are the same where their bytes are.
  @Test func namesThatOnlyLookTheSameAreKept() {
    let names = TenantLabelNames(["\u{E9}quipe", "e\u{301}quipe", "\u{E9}quipe"])
    #expect(names.names.map { Array($0.utf8) } == [Array("\u{E9}quipe".utf8), Array("e\u{301}quipe".utf8)])
  }

  @Test(arguments: [
    ("tenant_id", true), ("tenant_ix", false), ("tenant_i", false), ("tenant_id_", false), ("", false),
    ("Tenant_id", false), ("a", true), ("b", false), ("\u{E9}quipe", true), ("e\u{301}quipe", false),
    (String(repeating: "n", count: 62), false), (String(repeating: "n", count: 63), true),
    (String(repeating: "n", count: 64), false), (String(repeating: "n", count: 200), true),
    (String(repeating: "n", count: 201), false), ("12345678", true), ("12345679", false), ("02345678", false),
    ("1234567890abcdef", true), ("1234567x90abcdef", false), ("12345678x0abcdef", false),
    ("1234567890abcdefg", true), ("12345678x0abcdefg", false), ("1234567890abcdefgABCDEFG", true),
    ("12345678x0abcdefgABCDEFG", false), ("1234567890abcdexgABCDEFG", false),
  ])
  func namesAreComparedByteByByte(name: String, isTenantLabel: Bool) {
    let names = TenantLabelNames([
      "tenant_id", "a", "\u{E9}quipe", String(repeating: "n", count: 63), String(repeating: "n", count: 200),
      "12345678", "1234567890abcdef", "1234567890abcdefg", "1234567890abcdefgABCDEFG",
    ])
    let body = Array("xx\(name)yy".utf8)
    #expect(names.contains(2..<(body.count - 2), of: body.span.bytes) == isTenantLabel)
  }
}
