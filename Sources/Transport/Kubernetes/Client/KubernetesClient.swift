package import Model
internal import Synchronization

/// Speaks to the API of Kubernetes.
package final class KubernetesClient: Sendable {
  /// What it counts.
  package let metrics: KubernetesMetrics
  let configuration: KubernetesConfiguration
  let limits: KubernetesLimits
  let time: any TimeSource
  private let http: any HTTPClient
  private let runsHTTP: @Sendable () async -> Void
  private let bucket: Mutex<TokenBucket>

  /// - Parameter userAgent: goes out as `User-Agent`.
  package convenience init(
    configuration: KubernetesConfiguration, userAgent: String, limits: KubernetesLimits = KubernetesLimits(),
    metrics: KubernetesMetrics = KubernetesMetrics(), time: any TimeSource
  ) {
    let http = CurlHTTPClient(
      configuration: HTTPClientConfiguration(
        userAgent: userAgent, tls: configuration.tls, proxy: configuration.proxy, usesEnvironmentProxy: true,
        maximumRequests: 1024, bufferLimit: 1 << 20), time: time)
    self.init(
      configuration: configuration, http: http, limits: limits, metrics: metrics, time: time,
      runsHTTP: { await http.run() })
  }

  /// - Parameter runsHTTP: what has to run for `http` to work.
  init(
    configuration: KubernetesConfiguration, http: any HTTPClient, limits: KubernetesLimits = KubernetesLimits(),
    metrics: KubernetesMetrics = KubernetesMetrics(), time: any TimeSource,
    runsHTTP: @escaping @Sendable () async -> Void = {}
  ) {
    self.configuration = configuration
    self.http = http
    self.limits = limits
    self.metrics = metrics
    self.time = time
    self.runsHTTP = runsHTTP
    bucket = Mutex(
      TokenBucket(perSecond: limits.requestsPerSecond, burst: limits.requestBurst, at: time.now))
  }

  /// Works until the task is cancelled; nothing is sent before.
  package func run() async {
    await runsHTTP()
  }

  /// The namespace of the pod or of the context.
  package var namespace: String { configuration.namespace }

  // MARK: Requests

  /// One resource.
  func get(_ resource: ResourceKind, _ id: ResourceID) async throws(KubernetesFailure) -> DocumentNode {
    try await document(KubernetesCall(.get, resource, id))
  }

  /// Creates a resource.
  ///
  /// - Returns: what the server has made of it.
  func create(
    _ resource: ResourceKind, in namespace: String, _ document: DocumentNode
  ) async throws(KubernetesFailure) -> DocumentNode {
    var call = KubernetesCall(.create, resource, in: namespace)
    call.body = document
    return try await self.document(call)
  }

  /// Replaces a resource; its `metadata.resourceVersion` has to be the current one.
  ///
  /// - Returns: what the server has made of it.
  func replace(
    _ resource: ResourceKind, _ id: ResourceID, _ document: DocumentNode
  ) async throws(KubernetesFailure) -> DocumentNode {
    var call = KubernetesCall(.update, resource, id)
    call.body = document
    return try await self.document(call)
  }

  /// Applies a resource: the fields in it are `manager`'s from now on, and those that it has applied before and that
  /// are not in it go.
  ///
  /// - Parameter force: takes the fields that others have; else that is a conflict.
  /// - Returns: what the server has made of it, and whether the resource is new.
  func apply(
    _ resource: ResourceKind, _ id: ResourceID, subresource: String? = nil, as manager: String, force: Bool,
    _ document: DocumentNode
  ) async throws(KubernetesFailure) -> (document: DocumentNode, isNew: Bool) {
    var call = KubernetesCall(.patch, resource, id)
    call.subresource = subresource
    call.query = [("fieldManager", manager)] + (force ? [("force", "true")] : [])
    call.contentType = "application/apply-patch+yaml"
    call.body = document
    let response = try await perform(call)
    return (try read(response.body, call), response.status == 201)
  }

  /// Merges fields into a resource (RFC 7386).
  func merge(
    _ resource: ResourceKind, _ id: ResourceID, _ document: DocumentNode
  ) async throws(KubernetesFailure) {
    var call = KubernetesCall(.patch, resource, id)
    call.contentType = "application/merge-patch+json"
    call.body = document
    _ = try await perform(call)
  }

  /// Deletes a resource.
  func delete(_ resource: ResourceKind, _ id: ResourceID) async throws(KubernetesFailure) {
    _ = try await perform(KubernetesCall(.delete, resource, id))
  }

  private func document(_ call: KubernetesCall) async throws(KubernetesFailure) -> DocumentNode {
    try read(try await perform(call).body, call)
  }

  func read(_ body: [UInt8], _ call: KubernetesCall) throws(KubernetesFailure) -> DocumentNode {
    do {
      return try JSONReader.read(body)
    } catch {
      throw KubernetesFailure(.unreadable, "\(call.summary): the answer is no JSON: \(error)")
    }
  }

  // MARK: Sending

  /// Sends a request, and again where that may help.
  ///
  /// - Returns: an answer of success.
  func perform(_ call: KubernetesCall, responseLimit: Int? = nil) async throws(KubernetesFailure) -> HTTPResponse {
    try await retrying(call, throttled: limits.throttledRetries) { (credential) throws(KubernetesFailure) in
      let request = self.request(call, credential, responseLimit: responseLimit ?? self.limits.pageLimit)
      let response = try await self.counted(call, status: { $0.status }) { () throws(HTTPFailure) in
        try await self.http.send(request)
      }
      guard 200..<300 ~= response.status else {
        throw KubernetesFailure(status: response.status, fields: response.fields, body: response.body, to: call)
      }
      return response
    }
  }

  /// Sends a request whose answer is read as it comes.
  ///
  /// - Returns: an answer of success.
  func stream(_ call: KubernetesCall) async throws(KubernetesFailure) -> HTTPStreamedResponse {
    try await retrying(call, throttled: 0) { (credential) throws(KubernetesFailure) in
      let request = self.request(call, credential, responseLimit: 0)
      let response = try await self.counted(call, status: { $0.status }) { () throws(HTTPFailure) in
        try await self.http.stream(request, silence: self.limits.watchSilence)
      }
      guard 200..<300 ~= response.status else {
        let body = await Self.beginning(of: response)
        throw KubernetesFailure(status: response.status, fields: response.fields, body: body, to: call)
      }
      return response
    }
  }

  /// What a server says that does not do what was asked.
  private static func beginning(of response: HTTPStreamedResponse) async -> [UInt8] {
    var body: [UInt8] = []
    do {
      for try await piece in response.body where body.count < 64 << 10 { body += piece }
    } catch {
      // The status alone says enough.
    }
    return body
  }

  private func request(_ call: KubernetesCall, _ credential: KubernetesCredential, responseLimit: Int) -> HTTPRequest {
    var fields: HeaderFields = ["Accept": "application/json"]
    if call.body != nil { fields.add("Content-Type", call.contentType) }
    if let authorization = credential.authorization { fields.add("Authorization", authorization) }
    for (name, value) in configuration.impersonation.fields { fields.add(name, value) }
    var request = HTTPRequest(
      call.verb.method, configuration.server + call.target, fields: fields,
      body: call.body.map { JSONWriter.bytes(of: $0) }, timeout: limits.requestTimeout, responseLimit: responseLimit)
    request.identity = credential.identity
    return request
  }

  private func counted<Answer>(
    _ call: KubernetesCall, status: (Answer) -> Int, _ send: () async throws(HTTPFailure) -> Answer
  ) async throws(KubernetesFailure) -> Answer {
    do {
      let answer = try await send()
      metrics.requests.with(call.verb.rawValue, "\(status(answer))").increment()
      return answer
    } catch {
      metrics.requests.with(call.verb.rawValue, "error").increment()
      throw KubernetesFailure(error, to: call)
    }
  }

  /// Once more with new credentials where the server has refused them, and a few times where there were too many
  /// requests, which it then has not looked at.
  private func retrying<Answer>(
    _ call: KubernetesCall, throttled retries: Int,
    _ send: (KubernetesCredential) async throws(KubernetesFailure) -> Answer
  ) async throws(KubernetesFailure) -> Answer {
    var mayRenew = true
    var retries = retries
    while true {
      if !call.isUrgent { try await sleep(for: bucket.withLock { $0.reserve(at: time.now) }) }
      let credential = try await configuration.credentials.current()
      do throws(KubernetesFailure) {
        return try await send(credential)
      } catch {
        let wait = error.retryAfter ?? .seconds(1)
        if error.kind == .unauthorized, mayRenew {
          mayRenew = false
          await configuration.credentials.refused(credential)
        } else if error.kind == .throttled, retries > 0, wait <= limits.throttledWait {
          retries -= 1
          try await sleep(for: wait)
        } else {
          throw error
        }
      }
    }
  }

  private func sleep(for duration: Duration) async throws(KubernetesFailure) {
    guard duration > .zero else { return }
    do {
      try await time.sleep(until: time.now + duration)
    } catch {
      throw KubernetesFailure(.cancelled, "cancelled")
    }
  }
}
