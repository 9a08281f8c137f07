package import Model

/// What every program with Prometheus metrics says about its own process. Where there is no `/proc`, nothing is said.
package struct ProcessMetrics: MetricCollector {
  /// Seconds since 1970. It never changes, and where it comes from is a large file.
  private let startTime: Double?

  package init() {
    let boot = ProcFiles.contents("/proc/stat").flatMap(ProcText.bootTime)
    let start = Self.status?.startTicks
    if let boot, let start {
      startTime = Double(boot) + Double(start) / Double(ProcFiles.ticksPerSecond)
    } else {
      startTime = nil
    }
  }

  package func collect() -> [MetricFamily] {
    let status = Self.status
    return Self.families(
      status: status, ticksPerSecond: ProcFiles.ticksPerSecond, pageLength: ProcFiles.pageLength,
      openFiles: Self.openFiles, maximumOpenFiles: Self.maximumOpenFiles, startTime: startTime)
  }

  /// The metrics, from what was read; what could not be read leaves its metric without a sample.
  static func families(
    status: ProcessStatus?, ticksPerSecond: Int, pageLength: Int, openFiles: Int?, maximumOpenFiles: Double?,
    startTime: Double?
  ) -> [MetricFamily] {
    let seconds = status.map { Double($0.processorTicks) / Double(ticksPerSecond) }
    return [
      family(
        "process_cpu_seconds_total", "Processor time spent, user and system, in seconds.", .counter,
        seconds.map { .number($0) }),
      family(
        "process_resident_memory_bytes", "Resident memory in bytes.", .gauge,
        status.map { .integer($0.residentPages * pageLength) }),
      family(
        "process_virtual_memory_bytes", "Virtual memory in bytes.", .gauge,
        status.map { .integer($0.virtualBytes) }),
      family("process_open_fds", "Open file descriptors.", .gauge, openFiles.map { .integer($0) }),
      family(
        "process_max_fds", "The greatest number of open file descriptors.", .gauge,
        maximumOpenFiles.map { .number($0) }),
      family(
        "process_start_time_seconds", "When the process started, in seconds since 1970.", .gauge,
        startTime.map { .number($0) }),
    ]
  }

  private static func family(
    _ name: String, _ help: String, _ type: MetricType, _ value: MetricValue?
  ) -> MetricFamily {
    MetricFamily(name: name, help: help, type: type, samples: value.map { [MetricSample($0)] } ?? [])
  }

  private static var status: ProcessStatus? {
    ProcFiles.contents("/proc/self/stat").flatMap(ProcessStatus.init)
  }

  /// Without the one that is open for counting them.
  private static var openFiles: Int? {
    ProcFiles.entryCount("/proc/self/fd").map { $0 - 1 }
  }

  private static var maximumOpenFiles: Double? {
    ProcFiles.contents("/proc/self/limits").flatMap(ProcText.maximumOpenFiles)
  }
}
