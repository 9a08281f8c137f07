import Model
import TestSupport
import Testing

/// Which replica the shares of a load are from.
@Suite struct ReplicaIdentityTests {
  private static let labels = ["cluster", "__replica__"]

  private func portions(
    _ series: [[(String, String)]], labels: [String] = labels, policy: TenancyPolicy = TenancyPolicy(),
    encoding: BodyEncoding = .snappyBlock
  ) throws -> [TenantPortion] {
    let body = series.flatMap { SmallLoad.series($0.map { (name: $0.0, value: $0.1) }).bytes }
    var splitter = LoadSplitter(compression: LiteralSnappy(), replicaLabels: labels)
    let load = encoding == .identity ? SharedBytes(body) : Splitting.block(body)
    return try splitter.split(
      load, encoding: encoding, by: RoutingTable(policy: policy), decompressedLimit: 1 << 20, reserve: { _ in true }
    ).portions
  }

  private func series(cluster: String?, replica: String?, tenant: String = "a") -> [(String, String)] {
    [("__name__", "up"), ("tenant_id", tenant)] + (replica.map { [("__replica__", $0)] } ?? [])
      + (cluster.map { [("cluster", $0)] } ?? [])
  }

  @Test(
    arguments: [
      (("c", "r"), ("c", "r"), true),
      (("c", "r"), ("c", "s"), false),
      (("c", "r"), ("d", "r"), false),
      (("c", nil), ("c", nil), true),
      (("c", nil), (nil, "c"), false),
      ((nil, nil), (nil, nil), true),
      ((nil, nil), ("", ""), false),
      ((nil, nil), ("c", "r"), false),
    ] as [((String?, String?), (String?, String?), Bool)])
  func loadsAreOfOneReplicaWhereBothLabelsAreTheSame(
    one: (String?, String?), other: (String?, String?), isSame: Bool
  ) throws {
    for encoding in [BodyEncoding.snappyBlock, .identity] {
      let first = try portions([series(cluster: one.0, replica: one.1)], encoding: encoding)
      let second = try portions([series(cluster: other.0, replica: other.1)], encoding: encoding)
      #expect((first[0].replica == second[0].replica) == isSame)
    }
  }

  /// Each tenant's share is looked at by itself, since its upstream does so.
  @Test func theFirstSeriesOfAShareDecides() throws {
    let mixed = try portions([
      series(cluster: "c", replica: "r", tenant: "a"), series(cluster: "d", replica: "r", tenant: "b"),
      series(cluster: "d", replica: "r", tenant: "a"),
    ])
    let plain = try portions([
      series(cluster: "c", replica: "r", tenant: "a"), series(cluster: "d", replica: "r", tenant: "b"),
    ])
    #expect(mixed.map(\.replica) == plain.map(\.replica))
    #expect(mixed[0].replica != mixed[1].replica)
  }

  @Test func whoHasEverythingHasTheFirstSeriesOfAll() throws {
    let policy = TenancyPolicy(defaultTenants: [try TenantID("all")], removesTenantLabels: true)
    let shares = try portions(
      [series(cluster: "c", replica: "r", tenant: "a"), series(cluster: "d", replica: "r", tenant: "b")],
      policy: policy)
    #expect(shares.map(\.tenant.name) == ["all", "a", "b"])
    #expect(shares[0].replica == shares[1].replica && shares[1].replica != shares[2].replica)
  }

  @Test func withoutLabelsAllAreTheSame() throws {
    let shares = try portions(
      [series(cluster: "c", replica: "r", tenant: "a"), series(cluster: "d", replica: "s", tenant: "b")], labels: [])
    #expect(shares.map(\.replica) == [ReplicaIdentity(), ReplicaIdentity()])
  }

  /// Without a series there is nothing that an upstream could look at.
  @Test func metadataAloneIsOfNoReplica() throws {
    var splitter = LoadSplitter(compression: LiteralSnappy(), replicaLabels: Self.labels)
    let metadata = WireField(3, .message([WireField(2, "up")])).bytes
    let split = try splitter.split(
      Splitting.block(metadata), by: RoutingTable(policy: TenancyPolicy(defaultTenants: [try TenantID("0")])),
      decompressedLimit: 1 << 20, reserve: { _ in true })
    #expect(split.portions.map(\.replica) == [ReplicaIdentity()])
  }
}
