import Model
import TestSupport
import Testing

/// Series of one tenant that stand together are assigned and copied together: what comes between them, and how they
/// come to their tenant, must not show.
@Suite struct LoadSplitterRunTests {
  /// What a load is made of: a series with these values of the tenant label, or something that is no series.
  private enum Part {
    case series([String])
    case metadata
    case foreign
  }

  @Test(arguments: 0..<200 as Range<UInt64>, [false, true])
  func everyTenantGetsItsSeriesInTheirOrder(seed: UInt64, removesLabels: Bool) throws {
    var random = SplitMix64(seed: seed)
    let parts = Self.parts(&random)
    let bytes = parts.enumerated().map { number, part in Self.bytes(part, number, removingLabel: false) }
    let kept = parts.enumerated().map { number, part in Self.bytes(part, number, removingLabel: removesLabels) }
    let table = RoutingTable(policy: TenancyPolicy(removesTenantLabels: removesLabels))
    let result = try Splitting.split(Splitting.block(bytes.flatMap { $0 }), by: table)

    let metadata = parts.indices.filter { if case .metadata = parts[$0] { true } else { false } }
    for tenant in ["a", "b"] {
      let own = parts.indices.filter {
        if case .series(let values) = parts[$0] { values.contains(tenant) } else { false }
      }
      let portion = result.portions.first { $0.tenant.name == tenant }
      #expect((portion == nil) == own.isEmpty, "seed \(seed), tenant \(tenant)")
      guard let portion else { continue }
      let body = try Splitting.body(portion.body)
      // Where a tenant gets everything as it came, metadata stays where it was.
      let isWhole =
        own.count + metadata.count == parts.count && (!removesLabels || own.allSatisfy { kept[$0] == bytes[$0] })
      let expected = isWhole ? bytes.flatMap { $0 } : (own + metadata).flatMap { kept[$0] }
      #expect(body == expected, "seed \(seed), tenant \(tenant)")
      #expect(
        portion.contents == PortionContents(series: own.count, samples: own.count, metadata: metadata.count),
        "seed \(seed), tenant \(tenant)")
    }
    let nobodys = parts.filter { if case .series(let values) = $0 { values.allSatisfy(\.isEmpty) } else { false } }
    #expect(result.unroutedSeries == nobodys.count, "seed \(seed)")
  }

  /// Few values, and each likely to come again.
  private static func parts(_ random: inout SplitMix64) -> [Part] {
    let all: [Part] = [
      .series(["a"]), .series(["b"]), .series([]), .series([""]), .series(["a", "b"]), .series(["a", "a"]),
      .series(["", "b"]), .metadata, .foreign,
    ]
    var parts: [Part] = []
    var part = all[0]
    for _ in 0..<Int.random(in: 0..<40, using: &random) {
      if Int.random(in: 0..<3, using: &random) == 0 { part = all.randomElement(using: &random) ?? part }
      parts.append(part)
    }
    return parts
  }

  private static func bytes(_ part: Part, _ number: Int, removingLabel: Bool) -> [UInt8] {
    switch part {
    case .series(let values):
      let tenants = removingLabel ? [] : values.map { label("tenant_id", $0) }
      let sample = WireField(2, .message([WireField(1, .fixed64(1)), WireField(2, .varint(UInt64(number)))]))
      return WireField(1, .message(tenants + [label("series", "\(number)"), sample])).bytes
    case .metadata: return WireField(3, .message([WireField(2, "metric_\(number)")])).bytes
    case .foreign: return WireField(7, .varint(UInt64(number))).bytes
    }
  }

  private static func label(_ name: String, _ value: String) -> WireField {
    WireField(1, .message([WireField(1, name), WireField(2, value)]))
  }
}
