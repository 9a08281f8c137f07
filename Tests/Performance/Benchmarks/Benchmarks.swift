import Foundation
import Model

/// Runs one micro-benchmark a number of times, and says what one round took.
///
///     benchmarks BODY.snappy                lists the benchmarks
///     benchmarks BODY.snappy NAME ROUNDS    runs one
///
/// Under callgrind, the instructions of two runs with different numbers of rounds tell what a round costs: the
/// beginning of the process is in both. `Scripts/bench` does that.
///
/// One is added as a line in ``all``.
@main
enum Benchmarks {
  private static func all(_ body: Corpus) -> [Benchmark] {
    SplittingBenchmarks(body).all + ExpositionBenchmarks().all + RuleBenchmarks().all
  }

  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard let path = arguments.first, let body = Corpus(path: path) else { return fail("a body of a corpus is needed") }
    let benchmarks = all(body)
    guard let name = arguments.dropFirst().first else {
      for benchmark in benchmarks { print(benchmark.name, benchmark.count, benchmark.unit) }
      return
    }
    guard let benchmark = benchmarks.first(where: { $0.name == name }), let rounds = arguments.last.flatMap({ Int($0) })
    else { return fail("no such benchmark, or no number of rounds") }
    let clock = ContinuousClock()
    let time = clock.measure { benchmark.run(rounds) } / (rounds * benchmark.count)
    print("\(name): \(time.inSeconds * 1e9) ns a \(benchmark.unit)")
  }

  private static func fail(_ reason: String) {
    FileHandle.standardError.write(Data("benchmarks: \(reason)\n".utf8))
    exit(2)
  }
}
