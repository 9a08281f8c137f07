import Model
import TestSupport

/// One random load with random rules, all of it told by the seed.
struct OracleCase {
  let rules: ReferenceRules
  let wire: WireLoad
  let body: [UInt8]
  /// The load as SwiftProtobuf reads it.
  let decoded: Prometheus_WriteRequest
  let block: SharedBytes
  /// The body as a load that came uncompressed.
  let plain: SharedBytes
  let table: RoutingTable

  init(seed: UInt64, removingLabels: Bool? = nil) throws {
    var requests = RequestGenerator(random: SplitMix64(seed: seed))
    let request = requests.request()
    var policies = PolicyGenerator(random: requests.random)
    rules = policies.rules(removingLabels: removingLabels)
    wire =
      policies.random.oneIn(4) ? WireLoad(plain: request) : WireLoad(quirky: request, random: policies.random)
    body = wire.body
    decoded = try Prometheus_WriteRequest(decoding: body)
    block = Splitting.block(body)
    plain = SharedBytes(body)
    table = try rules.routingTable()
  }

  /// What every tenant is to get.
  var reference: ReferenceRouter { ReferenceRouter(decoded, by: rules) }

  /// The load as it comes in.
  func load(_ encoding: BodyEncoding) -> SharedBytes {
    switch encoding {
    case .snappyBlock: block
    case .identity: plain
    }
  }

  /// Whether a tenant that gets all of the load is to get the block that came.
  func isForwardedAsIs(_ share: ReferenceShare) throws -> Bool {
    try !decoded.hasUnknownFields && !removesSomething && share.series.count == decoded.timeseries.count
  }

  private var removesSomething: Bool {
    get throws {
      guard rules.removesTenantLabels else { return false }
      return decoded.timeseries.contains { series in
        series.labels.contains { label in rules.tenantLabels.contains { $0.utf8.elementsEqual(label.name.utf8) } }
      }
    }
  }
}
