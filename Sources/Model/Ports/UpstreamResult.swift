/// What became of an upstream request.
package enum UpstreamResult: Sendable, Equatable {
  /// The upstream answered.
  case response(UpstreamResponse)
  /// It did not.
  case failure(UpstreamFailure)
}
