import Model
import Transport

/// The way of a load through the splitter, in parts.
struct SplittingBenchmarks {
  private let corpus: Corpus
  private let series: Int

  init(_ corpus: Corpus) {
    self.corpus = corpus
    var splitter = LoadSplitter(compression: NoCompression())
    series = Self.split(&splitter, corpus.plain, .identity, TenancyPolicy())
  }

  var all: [Benchmark] {
    [
      decode,
      // Nobody gets anything: the records are found and checked, and the labels looked up.
      benchmark("scan", NoCompression(), corpus.plain, .identity, TenancyPolicy(allowedTenants: [])),
      // The records are also copied, but not compressed.
      benchmark("split", NoCompression(), corpus.plain, .identity, TenancyPolicy()),
      benchmark(
        "split-removing-label", NoCompression(), corpus.plain, .identity, TenancyPolicy(removesTenantLabels: true)),
      // All of it.
      benchmark("split-snappy", Snappy(), corpus.packed, .snappyBlock, TenancyPolicy()),
    ]
  }

  private var decode: Benchmark {
    let (packed, kept) = (corpus.packed, Kept(ByteBuilder()))
    return Benchmark("decode", unit: "series", count: series) {
      kept.value.removeAll()
      do { try Snappy().decompress(packed.bytes, into: &kept.value) } catch { preconditionFailure("\(error)") }
      return kept.value.count
    }
  }

  private func benchmark(
    _ name: String, _ compression: any BlockCompression, _ load: SharedBytes, _ encoding: BodyEncoding,
    _ policy: TenancyPolicy
  ) -> Benchmark {
    let splitter = Kept(LoadSplitter(compression: compression))
    return Benchmark(name, unit: "series", count: series) {
      Self.split(&splitter.value, load, encoding, policy)
    }
  }

  /// - Returns: the number of series.
  private static func split(
    _ splitter: inout LoadSplitter, _ load: SharedBytes, _ encoding: BodyEncoding, _ policy: TenancyPolicy
  ) -> Int {
    do {
      return try splitter.split(
        load, encoding: encoding, by: RoutingTable(policy: policy), decompressedLimit: Int(Int32.max)
      ) { _ in true }.series
    } catch {
      preconditionFailure("the corpus is not in order: \(error)")
    }
  }
}

/// A value that closures change.
private final class Kept<Value: ~Copyable> {
  var value: Value

  init(_ value: consuming Value) {
    self.value = value
  }
}
