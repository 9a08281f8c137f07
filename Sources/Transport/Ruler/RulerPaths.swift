internal import Model

/// The URLs of a ruler's and a distributor's APIs.
struct RulerPaths {
  /// All groups of a tenant.
  let rules: String
  /// The tenants that have rules.
  let ruleTenants: String
  /// The tenants that have series.
  let userStats: String

  init(_ configuration: RulerClientConfiguration) {
    let ruler = Self.withoutSlash(configuration.rulerURL)
    userStats = Self.withoutSlash(configuration.distributorURL) + "/distributor/all_user_stats"
    switch configuration.dialect {
    case .cortex:
      rules = ruler + "/api/v1/rules"
      ruleTenants = ruler + "/ruler/rule_groups"
    case .mimir:
      rules = ruler + "/prometheus/config/v1/rules"
      ruleTenants = ruler + "/ruler/tenants"
    }
  }

  /// A namespace.
  func namespace(_ namespace: String) -> String {
    "\(rules)/\(Self.escaped(namespace))"
  }

  /// A group.
  func group(_ key: RuleKey) -> String {
    "\(namespace(key.namespace))/\(Self.escaped(key.group))"
  }

  private static func withoutSlash(_ url: String) -> String {
    var url = url
    while url.last == "/" { url.removeLast() }
    return url
  }

  /// A name as one segment of a path: everything is escaped that may mean something.
  private static func escaped(_ name: String) -> String {
    var result: [UInt8] = []
    for byte in name.utf8 {
      if isUnreserved(byte) {
        result.append(byte)
      } else {
        result += [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 0xF)]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "-._~".utf8.contains(byte)
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }
}
