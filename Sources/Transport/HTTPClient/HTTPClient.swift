/// Sends HTTP requests. What the clients of Kubernetes and of the ruler are built on, so that a test can stand in for
/// the network.
package protocol HTTPClient: Sendable {
  /// Sends a request and reads its whole answer.
  ///
  /// - Throws: `HTTPFailure` where there is no answer, or it is longer than the request allows.
  func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse

  /// Sends a request and hands the answer's body over as it comes. The stream ends when the body does, and fails
  /// where it is cut; leaving it ends the request. The request's timeout is for the head; silence after that ends the
  /// request after `silence`.
  func stream(_ request: HTTPRequest, silence: Duration) async throws(HTTPFailure) -> HTTPStreamedResponse
}
