/// What a metric family is called, what it means, and of which type it is.
package struct MetricDescription: Sendable, Hashable {
  /// The name of its samples, with `_total` or `_info`; of a histogram, without `_bucket` and the like.
  package let name: String
  /// One sentence for people.
  package let help: String
  /// The type.
  package let type: MetricType

  package init(name: String, help: String, type: MetricType) {
    self.name = name
    self.help = help
    self.type = type
  }

  /// The name in the `# HELP` and `# TYPE` lines. OpenMetrics takes the type's suffix off there.
  package func familyName(in format: ExpositionFormat) -> Substring {
    switch format {
    case .text: name[...]
    case .openMetrics: name.dropLast(type.requiredSuffix.count)
    }
  }

  /// All names that samples and families of this metric have, in either format. No other metric may have one of
  /// them: whoever reads the result could not tell the two apart.
  package var claimedNames: Set<String> {
    let names: Set = [name, String(familyName(in: .openMetrics))]
    return type == .histogram ? names.union(["_bucket", "_sum", "_count"].map { name + $0 }) : names
  }

  /// Checks the name against what both formats allow.
  ///
  /// - Throws: what is wrong with it.
  package func validate() throws(InvalidMetricName) {
    guard Self.isValid(name) else { throw InvalidMetricName(name: name, reason: .characters) }
    let suffix = type.requiredSuffix
    guard name.hasSuffix(suffix), name != suffix else {
      throw InvalidMetricName(name: name, reason: .missingSuffix(suffix))
    }
    let foreign = MetricType.allCases.lazy.map(\.requiredSuffix)
      .first { !$0.isEmpty && $0 != suffix && name.hasSuffix($0) }
    if let foreign { throw InvalidMetricName(name: name, reason: .foreignSuffix(foreign)) }
  }

  private static func isValid(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9") ~= first) else { return false }
    return name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"): true
      default: false
      }
    }
  }
}
