/// Whether a request may go on, by what its head says.
package enum AccessDecision: Sendable, Equatable {
  case granted
  case refused
  /// Shows only when the password has been checked, which takes time.
  case verify(BasicCredentials)
}
