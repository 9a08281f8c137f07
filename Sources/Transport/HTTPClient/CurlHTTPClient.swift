package import Model

/// Sends HTTP requests with libcurl: HTTP/1.1, and HTTP/2 where an https server has it.
package final class CurlHTTPClient: HTTPClient {
  /// A stream's length has no limit of its own, but a transfer has to have one.
  private static let longestStream = Duration.seconds(24 * 60 * 60)

  private let configuration: HTTPClientConfiguration
  private let driver: CurlDriver
  private let time: any TimeSource

  package init(configuration: HTTPClientConfiguration, time: any TimeSource) {
    self.configuration = configuration
    self.time = time
    driver = CurlDriver(maximumTransfers: configuration.maximumRequests, time: time)
  }

  /// Works on a thread of its own until the task is cancelled; what is on its way then is given up. Nothing is sent
  /// before.
  package func run() async {
    await withTaskCancellationHandler {
      await OwnThread.run(named: "http client") { [driver] in driver.run() }
    } onCancel: {
      driver.stop()
    }
  }

  package func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    let exchange = try start(request, timeout: request.timeout)
    guard case .head(let status, let fields) = try await exchange.next(within: nil) else {
      preconditionFailure("an answer begins with its head")
    }
    var body: [UInt8] = []
    while case .body(let piece) = try await exchange.next(within: nil) {
      guard body.count + piece.count <= request.responseLimit else {
        let failure = HTTPFailure.tooLong(limit: request.responseLimit)
        exchange.giveUp(failure)
        throw failure
      }
      body += piece
    }
    return HTTPResponse(status: status, fields: fields, body: body)
  }

  package func stream(
    _ request: HTTPRequest, silence: Duration
  ) async throws(HTTPFailure) -> HTTPStreamedResponse {
    let exchange = try start(request, timeout: Self.longestStream)
    guard case .head(let status, let fields) = try await exchange.next(within: request.timeout) else {
      preconditionFailure("an answer begins with its head")
    }
    let body = CurlBody(exchange, silence: silence)
    return HTTPStreamedResponse(
      status: status, fields: fields, body: AsyncThrowingStream { try await body.next() })
  }

  private func start(_ request: HTTPRequest, timeout: Duration) throws(HTTPFailure) -> CurlExchange {
    let exchange = CurlExchange(driver: driver, time: time, bufferLimit: configuration.bufferLimit)
    let call = try CurlCall(request, configuration)
    let body = request.body ?? (request.method == "POST" ? [] : nil)
    driver.submit([
      CurlTransfer(
        endpoint: call.endpoint, headers: call.headers, body: body.map { SharedBytes($0) },
        deadline: time.now + timeout, group: ObjectIdentifier(exchange), tag: 0, receiver: exchange, stream: exchange)
    ])
    return exchange
  }
}
