/// What was found out by reading the ruler. That something is not there is known only where the ruler said so.
package enum RulerReading<Content: Sendable>: Sendable {
  case present(Content)
  /// The ruler says that there is nothing.
  case absent
  /// It could not be found out: no answer, or one that does not tell.
  case unknown(RulerFailure)
}
