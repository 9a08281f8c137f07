package import Model

/// Remote-write bodies of few series, for tests of what carries them.
package enum SmallLoad {
  /// A body with one series of one sample for each of the tenants, not compressed.
  package static func body(_ tenants: [String]) -> [UInt8] {
    tenants.flatMap { series([("__name__", "up"), ("tenant_id", $0)]).bytes }
  }

  /// The body as one block.
  package static func block(_ tenants: [String]) -> SharedBytes {
    SharedBytes(LiteralSnappy.compress(body(tenants)))
  }

  /// One series of one sample.
  package static func series(_ labels: [(name: String, value: String)]) -> WireField {
    let labels = labels.map { WireField(1, .message([WireField(1, $0.name), WireField(2, $0.value)])) }
    let sample = WireField(2, .message([WireField(1, .double(1)), WireField(2, .int64(1_700_000_000_000))]))
    return WireField(1, .message(labels + [sample]))
  }
}
