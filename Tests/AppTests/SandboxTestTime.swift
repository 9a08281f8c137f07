import TestSupport

/// When the recorded exchanges took place.
enum SandboxTestTime {
  /// In milliseconds since 1970.
  static let recorded: Int64 = 1_795_420_586_957

  /// A clock that shows it.
  static func clock() -> ManualTime {
    ManualTime(secondsSince1970: Double(recorded) / 1000)
  }
}
