package import Model

/// The rules API of Cortex and Mimir.
///
/// A request is sent once; whether to send it again is for the caller to decide.
///
/// Source: Cortex `docs/api`, `pkg/api/api.go`, `pkg/ruler/api.go`; Mimir "HTTP API".
package struct CortexRulerClient: RulerClient {
  private let http: any HTTPClient
  private let configuration: RulerClientConfiguration
  private let metrics: RulerMetrics
  private let time: any TimeSource
  private let paths: RulerPaths
  private let listing: RulerListing

  package init(
    _ configuration: RulerClientConfiguration, http: any HTTPClient, metrics: RulerMetrics = RulerMetrics(),
    time: any TimeSource = SystemTime()
  ) {
    self.http = http
    self.configuration = configuration
    self.metrics = metrics
    self.time = time
    paths = RulerPaths(configuration)
    listing = RulerListing(YAMLReader(limits: configuration.limits))
  }

  // MARK: Reading

  package func rules(of tenant: TenantID) async -> RulerReading<RulerRules> {
    switch await list(as: tenant.name) {
    case .present(let body): listing.rules(body, fingerprint: Self.fingerprint(of: body))
    case .absent: .absent
    case .unknown(let failure): .unknown(failure)
    }
  }

  package func rules(of tenant: TenantID, unlike known: String?) async -> RulerReading<RulerRules?> {
    switch await list(as: tenant.name) {
    case .present(let body):
      let fingerprint = Self.fingerprint(of: body)
      if fingerprint == known { return .present(nil) }
      switch listing.rules(body, fingerprint: fingerprint) {
      case .present(let rules): return .present(rules)
      case .absent: return .absent
      case .unknown(let failure): return .unknown(failure)
      }
    case .absent: return .absent
    case .unknown(let failure): return .unknown(failure)
    }
  }

  package func group(_ key: RuleKey) async -> RulerReading<RuleGroup> {
    do throws(RulerFailure) {
      try Self.check(key)
      let answer = try await send(.get, paths.group(key), as: key.tenant.name)
      if answer.saysNoGroup { return .absent }
      guard answer.status == 200 else { throw answer.failureOfReading }
      return listing.group(answer.body)
    } catch {
      return .unknown(error)
    }
  }

  /// The text of a tenant's list.
  ///
  /// - Parameter tenant: `nil` leaves the tenant out.
  private func list(as tenant: String?) async -> RulerReading<[UInt8]> {
    do throws(RulerFailure) {
      let answer = try await send(.list, paths.rules, as: tenant)
      if answer.saysNoRules { return .absent }
      guard answer.status == 200 else { throw answer.failureOfReading }
      return .present(answer.body)
    } catch {
      return .unknown(error)
    }
  }

  private static func fingerprint(of body: [UInt8]) -> String {
    Base64.encode(Digest.sha256(body))
  }

  // MARK: Writing

  package func put(_ group: RuleGroup, as key: RuleKey) async throws(RulerFailure) {
    try Self.check(key)
    var group = group
    group.name = key.group
    // JSON is YAML, too.
    let body = JSONWriter.bytes(of: group.document)
    let answer = try await send(.put, paths.namespace(key.namespace), as: key.tenant.name, body: body)
    // A page that welcomes people with 200 has taken nothing.
    guard answer.status == 202 else { throw answer.failureOfWriting }
  }

  package func delete(_ key: RuleKey) async throws(RulerFailure) {
    try Self.check(key)
    let answer = try await send(.delete, paths.group(key), as: key.tenant.name)
    guard answer.status == 202 || answer.saysNothingToDelete else { throw answer.failureOfDeleting }
  }

  /// - Throws: that a ruler would not take a name, or take it for something else.
  private static func check(_ key: RuleKey) throws(RulerFailure) {
    for name in [key.namespace, key.group] {
      if let fault = RulerName.fault(of: name) { throw RulerFailure(.invalid, message: fault) }
    }
  }

  private func send(
    _ operation: RulerOperation, _ url: String, as tenant: String?, accept: String? = nil, body: [UInt8]? = nil
  ) async throws(RulerFailure) -> RulerAnswer {
    var request = HTTPRequest(
      operation.method, url, fields: configuration.fields, body: body, timeout: configuration.timeout,
      responseLimit: configuration.limits.maximumLength)
    if let authorization = configuration.authorization { request.fields.add("Authorization", authorization.value) }
    if let tenant { request.fields.add("X-Scope-OrgID", tenant) }
    if let accept { request.fields.add("Accept", accept) }
    if body != nil { request.fields.add("Content-Type", "application/yaml") }
    let start = time.now
    do {
      let response = try await http.send(request)
      metrics.count(operation, "\(response.status)", took: time.now - start)
      return RulerAnswer(response)
    } catch {
      metrics.count(operation, error.label, took: time.now - start)
      throw RulerFailure(error)
    }
  }
}

// MARK: - Tenants

extension CortexRulerClient {
  /// Has no rules unless somebody means harm.
  private static let inventedTenant = "openmmt-asks-whether-tenants-are-told-apart"

  package func tenants() async -> RulerTenants {
    async let ruleTenants = names(in: paths.ruleTenants) { [configuration] (body) throws(DocumentFault) in
      switch configuration.dialect {
      case .cortex: try RulerTenantSources.ruleGroups(body, limits: configuration.limits)
      case .mimir: try RulerTenantSources.ruleTenants(body)
      }
    }
    async let userStats = names(in: paths.userStats, RulerTenantSources.userStats)
    var tenants = RulerTenants(names: [])
    for source in await [(paths.ruleTenants, ruleTenants), (paths.userStats, userStats)] {
      switch source.1 {
      case .success(let names): tenants.names.formUnion(names)
      case .failure(let failure): tenants.failures.append("\(source.0): \(failure)")
      }
    }
    return tenants
  }

  private func names(
    in url: String, _ read: @Sendable ([UInt8]) throws(DocumentFault) -> [String]
  ) async -> Result<[String], RulerFailure> {
    do throws(RulerFailure) {
      let answer = try await send(.tenants, url, as: nil, accept: "application/json")
      guard answer.status == 200 else { throw answer.failureOfReading }
      do {
        return .success(try read(answer.body))
      } catch {
        throw RulerFailure(.misconfigured, status: 200, message: "the answer lists no tenants: \(error)")
      }
    } catch {
      return .failure(error)
    }
  }

  /// With `auth_enabled: false` a ruler takes requests that name no tenant, and gives every tenant the same answer. A
  /// gateway may name a tenant for those who name none; then the answers are different, unless there are no rules.
  package func tenantIsolation() async -> TenantIsolation {
    let anonymous = await list(as: nil)
    if case .unknown(let failure) = anonymous {
      return failure.kind == .unauthorized ? .isolated : .unknown(failure)
    }
    switch (anonymous, await list(as: Self.inventedTenant)) {
    case (_, .unknown(let failure)):
      return .unknown(failure)
    case (.present(let anonymous), .present(let invented)) where anonymous != invented:
      return .isolated
    case (.present, .absent), (.absent, .present):
      return .isolated
    default:
      return .shared("it answers without X-Scope-OrgID as it does for a tenant that nobody has")
    }
  }
}
