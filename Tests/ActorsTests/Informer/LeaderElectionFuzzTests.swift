import Testing

@Suite struct LeaderElectionFuzzTests {
  @Test(arguments: 0..<60)
  func neverTwoLeadAtATime(seed: UInt64) {
    let world = ElectionWorld(seed: seed)
    world.run()
    #expect(world.faults.isEmpty)
    #expect(world.reigns > 0)
  }
}
