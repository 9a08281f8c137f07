package import Model

/// What a role does with requests that bring something: loads of remote write, resources to review.
package protocol Intake: Sendable {
  /// Whether it takes what is posted to a path.
  func takes(_ path: Substring) -> Bool

  /// Why a request is refused, whatever its body; `nil` where it is not.
  func refusal(of head: RequestHead) -> Answer?

  /// Takes a request that is complete. What becomes of it is told to its origin.
  ///
  /// - Returns: whether there was room for it.
  func take(_ submission: Submission) -> Bool

  /// A request was answered, whether it was taken or refused.
  func answered(_ status: Int)

  /// A request that was taken was answered this long after its head had arrived.
  func finished(after duration: Duration)
}
