import Model
import Testing

/// The names that Cortex and Mimir take as tenants, and what is said of the others.
@Suite struct TenantIDTests {
  @Test(arguments: [
    "0", "a", "Z", "acme-1", "a!b-c_d.e*f'g(h)", "...", ".a", "__markers", "markers__", "user-index.json",
    "__MARKERS__", String(repeating: "t", count: 150),
  ])
  func aValidNameIsKept(name: String) throws {
    let tenant = try TenantID(name)
    #expect(tenant.name == name)
    #expect(tenant.description == name)
  }

  @Test(arguments: [
    ("", InvalidTenantID.Reason.empty, "tenant ID is empty"),
    ("a/b", .unsupportedCharacter("/"), "tenant ID 'a/b' contains unsupported character '/'"),
    ("a|b", .unsupportedCharacter("|"), "tenant ID 'a|b' contains unsupported character '|'"),
    ("a,b", .unsupportedCharacter(","), "tenant ID 'a,b' contains unsupported character ','"),
    ("a:b@c", .unsupportedCharacter(":"), "tenant ID 'a:b@c' contains unsupported character ':'"),
    (" a", .unsupportedCharacter(" "), "tenant ID ' a' contains unsupported character ' '"),
    ("a\r\nb", .unsupportedCharacter("\r"), "tenant ID 'a\r\nb' contains unsupported character '\r'"),
    ("a\u{0}", .unsupportedCharacter("\u{0}"), "tenant ID 'a\u{0}' contains unsupported character '\u{0}'"),
    ("\u{E9}", .unsupportedCharacter("\u{E9}"), "tenant ID '\u{E9}' contains unsupported character '\u{E9}'"),
    ("a\u{FFFD}", .unsupportedCharacter("\u{FFFD}"), "tenant ID 'a\u{FFFD}' contains unsupported character '\u{FFFD}'"),
    (String(repeating: "t", count: 151), .tooLong, "tenant ID is too long: max 150 characters"),
    (".", .reserved, "tenant ID '.' is not allowed"),
    ("..", .reserved, "tenant ID '..' is not allowed"),
    ("__markers__", .reserved, "tenant ID '__markers__' is not allowed"),
    ("user-index.json.gz", .reserved, "tenant ID 'user-index.json.gz' is not allowed"),
    ("__mimir_cluster", .reserved, "tenant ID '__mimir_cluster' is not allowed"),
  ])
  func anInvalidNameIsRefused(name: String, reason: InvalidTenantID.Reason, text: String) {
    let error = #expect(throws: InvalidTenantID.self) { try TenantID(name) }
    #expect(error?.reason == reason)
    #expect(error?.name == name)
    #expect(error?.description == text)
  }

  /// A letter and an accent are two characters to Cortex, of which it refuses the second.
  @Test func anAccentAfterALetterIsACharacterOfItsOwn() {
    let error = #expect(throws: InvalidTenantID.self) { try TenantID("a\u{301}") }
    #expect(error?.reason == .unsupportedCharacter("\u{301}"))
  }

  @Test func charactersAreCheckedBeforeTheLength() {
    let error = #expect(throws: InvalidTenantID.self) { try TenantID(String(repeating: "t", count: 200) + "/") }
    #expect(error?.reason == .unsupportedCharacter("/"))
  }

  @Test func everyOtherASCIICharacterIsRefused() {
    let supported = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!-_.*'()"
    for code in UInt8.min...127 {
      let character = Unicode.Scalar(code)
      let isTaken = (try? TenantID("x\(character)")) != nil
      #expect(isTaken == supported.unicodeScalars.contains(character), "character \(code)")
    }
  }

  @Test func tenantsAreInTheOrderOfTheirBytes() throws {
    let names = ["_", "a", "B", "0", "a!", "A"]
    #expect(try names.map { try TenantID($0) }.sorted().map(\.name) == ["0", "A", "B", "_", "a", "a!"])
  }
}
