import Logging
import TestSupport

/// Keeps the messages of a log.
struct LinesLogHandler: LogHandler {
  var metadata = Logger.Metadata()
  var logLevel = Logger.Level.trace
  private let lines: Watched<[String]>

  init(_ lines: Watched<[String]>) {
    self.lines = lines
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    lines.update { $0.append("\(event.message)") }
  }
}
