/// What the kernel says about a process in `/proc/<pid>/stat`.
///
/// Source: `proc(5)`.
struct ProcessStatus: Equatable {
  /// Processor time spent in the process and, on its behalf, in the kernel; in clock ticks.
  let processorTicks: Int
  /// When the process started, in clock ticks since the machine did.
  let startTicks: Int
  /// The size of the address space, in bytes.
  let virtualBytes: Int
  /// The memory that is really there, in pages.
  let residentPages: Int

  /// Reads the file's contents; `nil` where they are not what they should be.
  init?(stat: String) {
    // The second field is the program's name in parentheses, and may itself hold blanks and parentheses.
    guard let name = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[name...].split { $0 == " " || $0 == "\n" }
    // The name's end takes the place of field 2 of the manual.
    guard fields.count > 22 else { return nil }
    guard let user = Int(fields[12]), let system = Int(fields[13]), let start = Int(fields[20]) else { return nil }
    guard let virtual = Int(fields[21]), let resident = Int(fields[22]) else { return nil }
    processorTicks = user + system
    startTicks = start
    virtualBytes = virtual
    residentPages = resident
  }
}
