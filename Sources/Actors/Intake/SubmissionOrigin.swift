package import Model

/// Where a submission came from.
package protocol SubmissionOrigin: LoadOrigin {
  /// The submission with this id was dealt with. Called once a submission, unless it was a load.
  func submissionFinished(_ id: RequestID, _ answer: Answer) async
}
