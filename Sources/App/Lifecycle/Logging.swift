import Logging

/// The log: lines on standard error.
enum Logging {
  /// Starts it.
  static func start(_ level: LogLevel) -> Logger {
    var logger = Logger(label: "openmmt") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = level.level
    return logger
  }
}
