/// What moves the time at which a selector or a subquery looks.
package struct PromQLModifiers: Sendable {
  /// A fixed time.
  package enum Time: Sendable, Equatable {
    /// Milliseconds since 1970.
    case milliseconds(Int64)
    /// The start of the query.
    case start
    /// The end of the query.
    case end
  }

  /// `offset 5m`: how much earlier. No offset and one of 0 are the same.
  package var offset: PromQLSpan?
  /// `@ 1609746000`
  package var at: Time?
}
