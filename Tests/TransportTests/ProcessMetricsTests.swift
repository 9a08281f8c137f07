import Model
import Testing

@testable import Transport

struct ProcessMetricsTests {
  private static let rest =
    " S 1 2 2 0 -1 4194560 10 0 1 0 150 25 3 4 20 0 8 0 123456 268435456 2048 18446744073709551615 1 1 0 0 0\n"

  /// The program's name may hold anything.
  @Test(arguments: ["42 (openmmt)", "42 (a b)", "42 (a) S 9 (b)", "42 ()", "1 (a\nb)"])
  func status(start: String) throws {
    let status = try #require(ProcessStatus(stat: start + Self.rest))
    #expect(status.processorTicks == 175)
    #expect(status.startTicks == 123_456)
    #expect(status.virtualBytes == 268_435_456)
    #expect(status.residentPages == 2048)
  }

  @Test(arguments: [
    "", "42", "42 (x)", "42 (x) S 1 2", "42 (x" + rest, "42 (x)" + rest.replacing(" 150 ", with: " many "),
    "42 (x)" + rest.replacing(" 123456 ", with: " 99999999999999999999 "),
    "42 (x)" + rest.replacing(" 2048 ", with: " - "),
  ])
  func brokenStatus(stat: String) {
    #expect(ProcessStatus(stat: stat) == nil)
  }

  @Test(arguments: [
    ("cpu  1 2 3\nintr 5 6\nctxt 7\nbtime 1700000000\nprocesses 9\n", 1_700_000_000),
    ("btime 5", 5), ("", nil), ("cpu 1\n", nil), ("btime soon\n", nil), ("xbtime 5\n", nil),
  ])
  func bootTime(stat: String, expected: Int?) {
    #expect(ProcText.bootTime(stat: stat) == expected)
  }

  @Test(arguments: [
    (
      "Limit                     Soft Limit           Hard Limit           Units     \n"
        + "Max processes             unlimited            unlimited            processes \n"
        + "Max open files            1024                 1048576              files     \n", 1024.0
    ),
    ("Max open files            unlimited            unlimited            files     \n", .infinity),
    ("", nil), ("Max open files\n", nil), ("Max open files            few                  many\n", nil),
  ])
  func maximumOpenFiles(limits: String, expected: Double?) {
    #expect(ProcText.maximumOpenFiles(limits: limits) == expected)
  }

  @Test func families() {
    let families = ProcessMetrics.families(
      status: ProcessStatus(stat: "42 (x)" + Self.rest), ticksPerSecond: 100, pageLength: 4096, openFiles: 12,
      maximumOpenFiles: 1024, startTime: 1_700_000_001.5)
    #expect(families.map(\.description.name) == Self.names)
    #expect(
      families.flatMap(\.samples).map(\.value) == [
        .number(1.75), .integer(2048 * 4096), .integer(268_435_456), .integer(12), .number(1024),
        .number(1_700_000_001.5),
      ])
  }

  @Test func whatCannotBeReadHasNoSample() {
    let families = ProcessMetrics.families(
      status: nil, ticksPerSecond: 100, pageLength: 4096, openFiles: nil, maximumOpenFiles: nil, startTime: nil)
    #expect(families.map(\.description.name) == Self.names)
    #expect(families.allSatisfy { $0.samples.isEmpty })
  }

  #if os(Linux)
    @Test func thisProcess() {
      let families = ProcessMetrics().collect()
      #expect(families.map(\.description.name) == Self.names)
      #expect(families.allSatisfy { $0.samples.count == 1 })
      for family in families.dropFirst() { #expect(family.samples.allSatisfy { Self.isPositive($0.value) }) }
    }
  #endif

  @Test func absentFiles() {
    #expect(ProcFiles.contents("/proc/self/no such file") == nil)
    #expect(ProcFiles.entryCount("/proc/self/no such directory") == nil)
  }

  private static let names = [
    "process_cpu_seconds_total", "process_resident_memory_bytes", "process_virtual_memory_bytes", "process_open_fds",
    "process_max_fds", "process_start_time_seconds",
  ]

  private static func isPositive(_ value: MetricValue) -> Bool {
    switch value {
    case .integer(let value): value > 0
    case .number(let value): value > 0
    case .histogram: false
    }
  }
}
