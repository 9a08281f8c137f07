package import Model

/// Documents of texts that those who write and read them get wrong.
package struct RandomDocument {
  /// A mapping, nested so deep at most.
  package static func make(_ random: inout SplitMix64, depth: Int = 4) -> DocumentNode {
    mapping(&random, depth)
  }

  private static func node(_ random: inout SplitMix64, _ depth: Int) -> DocumentNode {
    switch depth > 0 ? random.below(4) : 0 {
    case 2: .items((0..<random.below(4)).map { _ in node(&random, depth - 1) })
    case 3: mapping(&random, depth - 1)
    default: .text(RandomText.make(&random))
    }
  }

  private static func mapping(_ random: inout SplitMix64, _ depth: Int) -> DocumentNode {
    // Readers take names that Unicode calls equal for two, and this program's for one.
    var names: Set<String> = []
    let fields = (0..<random.below(5)).compactMap { _ -> DocumentField? in
      let name = RandomText.make(&random, pieces: 3)
      guard names.insert(name).inserted else { return nil }
      return DocumentField(name, node(&random, depth))
    }
    return .fields(fields)
  }
}
