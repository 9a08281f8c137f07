/// A connection as the actor that serves it sees it, whatever protocol it speaks.
package protocol ConnectionTransport: Sendable {
  /// Where the connection lives. The actor runs there too, so that a request needs no hop.
  var executor: any SerialExecutor { get }

  /// Runs work where the connection lives, between its events; the same for all connections that share a thread. `nil`
  /// where no work is to be done there.
  var workExecutor: (any TaskExecutor)? { get }

  /// Answers a request. Answers may be given in any order; the transport brings them into the one
  /// its protocol needs. To be called on `executor`; an answer to a request that is gone is dropped.
  func respond(to id: RequestID, with answer: Answer)
}
