/// What came of checking a password.
package enum AccessVerdict: Sendable, Equatable {
  case granted
  case refused
  /// Too many passwords are being checked.
  case busy
}
