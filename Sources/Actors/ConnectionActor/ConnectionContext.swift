package import Model

/// What all connections of a role share.
package struct ConnectionContext: Sendable {
  /// The greatest length of a request's body, in bytes.
  package let contentLengthLimit: Int
  /// The bytes that bodies may hold.
  package let budget: ByteBudget
  /// What is done with what is posted.
  package let intake: any Intake
  /// Where scrapes are handed in.
  package let scrapes: Mailbox<Scrape>
  package let readiness: Readiness
  package let time: any TimeSource
  /// Who may do what; `nil` where anybody may.
  package let access: AccessPolicy?

  package init(
    contentLengthLimit: Int, budget: ByteBudget, intake: any Intake, scrapes: Mailbox<Scrape>, readiness: Readiness,
    time: any TimeSource, access: AccessPolicy? = nil
  ) {
    self.contentLengthLimit = contentLengthLimit
    self.budget = budget
    self.intake = intake
    self.scrapes = scrapes
    self.readiness = readiness
    self.time = time
    self.access = access
  }
}
