package import Model
internal import Synchronization

/// Sends remote-write requests with libcurl.
package final class CurlUpstream: UpstreamTransport {
  /// A tenant's header fields are put together once; beyond this many tenants all are made anew.
  private static let maximumHeads = 10_000

  /// The bytes of a response's body that are kept for the sender to read.
  private static let messageLimit = 512

  private let endpoint: CurlEndpoint
  private let driver: CurlDriver
  private let time: any TimeSource
  private let authorization: UpstreamAuthorization?
  private let fields: [String]
  /// Where requests are written by the driver itself; `nil` where libcurl writes them.
  private let plainTarget: PlainTarget?
  private let heads = Mutex(Heads())

  private struct Heads {
    var ofTenants: [TenantID: UpstreamRequestHead] = [:]
    /// Of the authorization that the heads hold.
    var version = 0
  }

  package init(configuration: CurlUpstreamConfiguration, time: any TimeSource) {
    endpoint = CurlEndpoint(
      url: configuration.url, connectTimeout: configuration.connectTimeout,
      usesEnvironmentProxy: configuration.usesEnvironmentProxy, responseLimit: configuration.responseLimit,
      userAgent: configuration.userAgent, tls: HTTPClientTLS(configuration.tls))
    authorization = configuration.authorization
    fields = configuration.fields.fields.map { "\($0.name): \($0.value)" }
    plainTarget = configuration.usesEnvironmentProxy ? nil : PlainTarget(url: configuration.url)
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
      zip(requests, heads(for: requests)).map { request, head in
        CurlTransfer(
          endpoint: endpoint, headers: head.list, body: request.body,
          deadline: now + request.timeout, group: ObjectIdentifier(receiver), tag: request.index, receiver: bridge,
          plainHead: head.plain)
      })
  }

  package func cancelRequests(of receiver: any UpstreamReceiver) {
    driver.cancelTransfers(in: receiver)
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

  private func heads(for requests: [UpstreamRequest]) -> [UpstreamRequestHead] {
    let (authorization, version) = authorization?.current ?? ("", 0)
    return heads.withLock { heads in
      // A head holds the authorization that was right when it was made.
      if heads.version != version || heads.ofTenants.count >= Self.maximumHeads { heads.ofTenants.removeAll() }
      heads.version = version
      return requests.map { request in
        if request.retryAttempt != nil { return makeHead(for: request, authorization) }
        if let head = heads.ofTenants[request.tenant] { return head }
        let head = makeHead(for: request, authorization)
        heads.ofTenants[request.tenant] = head
        return head
      }
    }
  }

  private func makeHead(for request: UpstreamRequest, _ authorization: String) -> UpstreamRequestHead {
    var fields = [
      "X-Scope-OrgID: \(request.tenant)",
      "Content-Type: application/x-protobuf",
      "Content-Encoding: snappy",
      "X-Prometheus-Remote-Write-Version: 0.1.0",
    ]
    if let attempt = request.retryAttempt { fields.append("Retry-Attempt: \(attempt)") }
    if !authorization.isEmpty { fields.append(authorization) }
    return UpstreamRequestHead(fields + self.fields, userAgent: endpoint.userAgent, plainTarget: plainTarget)
  }
}
