package import Model

/// Takes nothing that is posted.
package struct NoIntake: Intake {
  package init() {}

  package func takes(_ path: Substring) -> Bool { false }

  package func refusal(of head: RequestHead) -> Answer? { nil }

  package func take(_ submission: Submission) -> Bool { false }

  package func answered(_ status: Int) {}

  package func finished(after duration: Duration) {}
}
