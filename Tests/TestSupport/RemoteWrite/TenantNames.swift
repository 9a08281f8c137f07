/// What the generators of loads and of policies draw from, so that they have something in common.
package enum TenantNames {
  /// The names of labels that may name a tenant. One is too long for a one-byte length, one is longer
  /// than 63 bytes, two look the same in different bytes.
  package static let labels = [
    "tenant_id", "namespace", "team", "\u{E9}quipe", "e\u{301}quipe", "a", String(repeating: "label", count: 14),
    String(repeating: "n", count: 130),
  ]

  /// Names that are tenant IDs.
  package static let valid = [
    "0", "a", "acme", "acme-2", "team.blue", "(x)!_*'", String(repeating: "t", count: 128),
    String(repeating: "u", count: 150),
  ]

  /// Names that are none.
  package static let invalid = [
    ".", "..", "__markers__", "user-index.json.gz", "__mimir_cluster",
    "a/b", "a|b", "a b", "t\u{E9}nant", "te\u{301}nant",
    "a\u{301}", "\u{0}", String(repeating: "u", count: 151), String(repeating: "/", count: 200),
  ]
}
