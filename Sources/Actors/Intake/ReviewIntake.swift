package import Model

/// Takes the questions of the API server of Kubernetes, at the path of the webhook.
package struct ReviewIntake: Intake {
  private let reviews: Mailbox<Submission>

  /// - Parameter reviews: where questions are handed in.
  package init(reviews: Mailbox<Submission>) {
    self.reviews = reviews
  }

  package func takes(_ path: Substring) -> Bool { path == "/validate" }

  package func refusal(of head: RequestHead) -> Answer? {
    let type = head.fields["Content-Type"] ?? ""
    return type.lowercased().hasPrefix("application/json")
      ? nil : .text(415, "expected application/json, got '\(type)'")
  }

  package func take(_ submission: Submission) -> Bool {
    reviews.offer(submission)
  }

  package func answered(_ status: Int) {}

  package func finished(after duration: Duration) {}
}
