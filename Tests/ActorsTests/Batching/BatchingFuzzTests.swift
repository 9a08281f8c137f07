import Testing

@Suite struct BatchingFuzzTests {
  @Test(arguments: (0..<30).map { UInt64($0) })
  func anyCourseOfEventsEndsWell(block: UInt64) throws {
    for seed in (block * 10)..<(block * 10 + 10) {
      var driver = BatchingDriver(seed: seed)
      try driver.run()
      let faults = driver.faults
      #expect(faults.isEmpty, "seed \(seed)")
    }
  }
}
