import Glibc

/// A pipe that a child process writes text to, cut into lines.
struct PipedLines {
  /// For the child's standard output or standard error.
  let writeEnd: CInt

  private let readEnd: CInt
  private let receive: (String) -> Void
  private var unfinished: [UInt8] = []

  /// Opens a pipe.
  ///
  /// - Parameter receive: Called with each line, without its newline.
  init(_ receive: @escaping (String) -> Void) throws {
    var ends: [CInt] = [0, 0]
    try SystemError.check("pipe", pipe(&ends))
    readEnd = ends[0]
    writeEnd = ends[1]
    self.receive = receive
  }

  /// Hands on what comes out of pipes as it comes, as long as the child runs, and closes them. Called
  /// when the child has its copies of the write ends.
  ///
  /// The end of the pipes would not do as the end: children of the child may hold them for longer.
  static func forward(_ pipes: inout [PipedLines], whileTrue isRunning: () -> Bool) {
    for pipe in pipes { close(pipe.writeEnd) }
    var polled = pipes.map { pollfd(fd: $0.readEnd, events: Int16(POLLIN), revents: 0) }
    var isLastRound = false
    repeat {
      // What a child that has ended wrote is all there, and needs no waiting for.
      isLastRound = !isRunning()
      while poll(&polled, nfds_t(polled.count), isLastRound ? 0 : 20) > 0 {
        for index in pipes.indices where polled[index].revents != 0 && !pipes[index].readSome() {
          // A negative descriptor is one that poll leaves out.
          polled[index].fd = -1
        }
      }
    } while !isLastRound
    for pipe in pipes {
      pipe.finish()
      close(pipe.readEnd)
    }
  }

  /// Reads what there is.
  ///
  /// - Returns: Whether there may be more.
  private mutating func readSome() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(readEnd, &buffer, buffer.count)
    unfinished += buffer.prefix(max(0, count))
    var lines = unfinished.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    unfinished = Array(lines.popLast() ?? [])
    for line in lines { receive(String(decoding: line, as: UTF8.self)) }
    return count > 0
  }

  /// Hands on a last line that has no newline.
  private func finish() {
    if !unfinished.isEmpty { receive(String(decoding: unfinished, as: UTF8.self)) }
  }
}
