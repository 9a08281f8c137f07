import Testing

@Suite struct DeliveryFuzzTests {
  @Test(arguments: (0..<40).map { UInt64($0) })
  func anyCourseOfEventsEndsWell(block: UInt64) {
    for seed in (block * 100)..<(block * 100 + 100) {
      var driver = DeliveryDriver(seed: seed)
      driver.run()
      let faults = driver.faults
      #expect(faults.isEmpty, "seed \(seed)")
    }
  }
}
