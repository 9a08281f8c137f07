package import Model
internal import Synchronization

/// Sends remote-write requests with libcurl.
package final class CurlUpstream: UpstreamTransport {
  /// A tenant's header list is made once; beyond this many tenants all are made anew.
  private static let maximumHeaderLists = 10_000

  /// The bytes of a response's body that are kept for the sender to read.
  private static let messageLimit = 512

  private let endpoint: CurlEndpoint
  private let driver: CurlDriver
  private let time: any TimeSource
  private let headerLists = Mutex<[TenantID: CurlHeaderList]>([:])

  package init(configuration: CurlUpstreamConfiguration, time: any TimeSource) {
    endpoint = CurlEndpoint(
      url: configuration.url, connectTimeout: configuration.connectTimeout,
      usesEnvironmentProxy: configuration.usesEnvironmentProxy, responseLimit: configuration.responseLimit,
      userAgent: configuration.userAgent)
    driver = CurlDriver(maximumTransfers: configuration.maximumRequests, time: time)
    self.time = time
  }

  /// Works on a thread of its own until the task is cancelled; what is on its way then is given up.
  package func run() async {
    await withTaskCancellationHandler {
      await OwnThread.run(named: "upstream") { [driver] in driver.run() }
    } onCancel: {
      driver.stop()
    }
  }

  package func send(_ requests: [UpstreamRequest], reportingTo receiver: any UpstreamReceiver) {
    let now = time.now
    let bridge = Bridge(receiver)
    driver.submit(
      requests.map { request in
        CurlTransfer(
          endpoint: endpoint, headers: headers(for: request), body: request.body, deadline: now + request.timeout,
          group: ObjectIdentifier(receiver), tag: request.index, receiver: bridge)
      })
  }

  package func cancelRequests(of receiver: any UpstreamReceiver) {
    driver.cancelTransfers(in: ObjectIdentifier(receiver))
  }

  /// Tells the receiver of requests in its own words how they ended.
  private final class Bridge: CurlReceiver {
    private let receiver: any UpstreamReceiver

    init(_ receiver: any UpstreamReceiver) {
      self.receiver = receiver
    }

    func transferEnded(_ tag: Int, _ result: CurlResult) {
      receiver.completed(tag, Self.upstreamResult(result))
    }

    private static func upstreamResult(_ result: CurlResult) -> UpstreamResult {
      switch result {
      case .response(let status, let retryAfter, let body):
        .response(
          UpstreamResponse(
            status: status, retryAfter: retryAfter > 0 ? .seconds(retryAfter) : nil,
            message: String(decoding: body.prefix(messageLimit), as: UTF8.self)))
      case .timeout: .failure(.timeout)
      case .failure(let reason): .failure(.network(reason))
      case .cancelled: .failure(.cancelled)
      }
    }
  }

  private func headers(for request: UpstreamRequest) -> CurlHeaderList {
    if request.retryAttempt != nil { return makeHeaders(for: request) }
    return headerLists.withLock { lists in
      if let list = lists[request.tenant] { return list }
      if lists.count >= Self.maximumHeaderLists { lists.removeAll() }
      let list = makeHeaders(for: request)
      lists[request.tenant] = list
      return list
    }
  }

  private func makeHeaders(for request: UpstreamRequest) -> CurlHeaderList {
    var fields = [
      "X-Scope-OrgID: \(request.tenant)",
      "Content-Type: application/x-protobuf",
      "Content-Encoding: snappy",
      "X-Prometheus-Remote-Write-Version: 0.1.0",
      // libcurl would ask for permission to send a large body, and wait for it.
      "Expect:",
      "Accept:",
    ]
    if let attempt = request.retryAttempt { fields.append("Retry-Attempt: \(attempt)") }
    return CurlHeaderList(fields)
  }
}
