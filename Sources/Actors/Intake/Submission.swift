package import Model

/// A request with all that it brings, on its way into an ``Intake``.
package struct Submission: Sendable {
  /// Tells the requests of its origin apart.
  package let id: RequestID
  package let head: RequestHead
  package let body: SharedBytes
  /// When the request was complete.
  package let received: MonotonicTime
  /// What the body holds of the byte budget.
  package let reservation: Reservation
  /// Who wants to know what became of it.
  package let origin: any SubmissionOrigin
}
