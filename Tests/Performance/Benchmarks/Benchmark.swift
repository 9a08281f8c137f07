/// Something small whose cost is worth knowing by itself.
struct Benchmark {
  let name: String
  /// What is counted: `series`.
  let unit: String
  /// How many units there are in a round.
  let count: Int
  /// Runs a number of rounds.
  let run: (Int) -> Void

  /// - Parameter round: what is measured. Its result is kept from being thought unused.
  init<Result>(_ name: String, unit: String, count: Int, _ round: @escaping () -> Result) {
    self.name = name
    self.unit = unit
    self.count = count
    run = { rounds in
      for _ in 0..<rounds { blackHole(round()) }
    }
  }
}

@inline(never)
private func blackHole<Value>(_ value: Value) {}
