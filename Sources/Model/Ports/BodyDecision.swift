/// What a transport does with the body of a request.
package enum BodyDecision: Sendable, Equatable {
  /// Keep it and hand it over when it is complete.
  case collect
  /// Read it and throw it away: the answer does not depend on it.
  case discard
}
