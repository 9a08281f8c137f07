package import Model

/// Answers the API server of Kubernetes, which asks before it stores a resource.
package actor Reviewer {
  private let reviews: Mailbox<Submission>
  private let check: ResourceCheck
  private let resources: Broadcast<ResourceView>
  private let metrics: ReviewMetrics

  /// - Parameters:
  ///   - reviews: where questions are handed in.
  ///   - resources: those that there are, among which there may be what the one in question has, too.
  package init(
    reviews: Mailbox<Submission>, check: ResourceCheck, resources: Broadcast<ResourceView>, metrics: ReviewMetrics
  ) {
    self.reviews = reviews
    self.check = check
    self.resources = resources
    self.metrics = metrics
  }

  /// Answers until the mailbox is closed.
  package func run() async {
    for await review in reviews.messages {
      await review.origin.submissionFinished(review.id, answer(review.body.array))
      reviews.release()
    }
  }

  private func answer(_ body: [UInt8]) -> Answer {
    do {
      let review = try AdmissionReview(document: try JSONReader.read(body))
      let verdict = review.verdict(check, among: resources.newest?.index)
      metrics.count(verdict)
      return Answer(
        status: 200, fields: ["Content-Type": "application/json"], body: JSONWriter.bytes(of: review.answer(verdict)))
    } catch {
      metrics.countMalformed()
      return .text(400, "\(error)")
    }
  }
}
