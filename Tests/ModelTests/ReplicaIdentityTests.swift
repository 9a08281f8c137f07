import Model
import TestSupport
import Testing

/// Which replica the shares of a load are from.
@Suite struct ReplicaIdentityTests {
  private static let labels = ReplicaLabels(clusters: ["cluster"], replicas: ["__replica__"])

  private func portions(
    _ series: [[(String, String)]], labels: ReplicaLabels? = labels, policy: TenancyPolicy = TenancyPolicy(),
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
      (("c", "r"), (nil, nil), false),
      // Of no pair is what has not both: a cluster is a usual label of agents that have no twin.
      (("c", nil), ("d", nil), true),
      (("c", ""), ("d", nil), true),
      ((nil, "r"), (nil, "s"), true),
      (("", "r"), (nil, nil), true),
      ((nil, nil), (nil, nil), true),
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

  @Test func whereNobodyAsksNothingIsSaid() throws {
    let shares = try portions([series(cluster: "c", replica: "r")], labels: nil)
    #expect(shares.map(\.replica) == [nil])
  }

  @Test func anyOfTheLabelsCount() throws {
    let labels = ReplicaLabels(clusters: ["cluster", "prometheus"], replicas: ["pod", "__replica__"])
    let shares = try [("cluster", "pod"), ("prometheus", "pod"), ("cluster", "__replica__"), ("cluster", "other")].map {
      try portions([[("tenant_id", "a"), ($0, "x"), ($1, "y")]], labels: labels)[0].replica
    }
    #expect(Set(shares).count == 4 && shares[3] == nil)
  }

  /// As Cortex has it, which goes through all labels.
  @Test func theLastLabelOfANameCounts() throws {
    let twice = try portions([[("cluster", "c"), ("__replica__", "r"), ("__replica__", "s"), ("tenant_id", "a")]])
    let once = try portions([[("cluster", "c"), ("__replica__", "s"), ("tenant_id", "a")]])
    #expect(twice[0].replica == once[0].replica && once[0].replica != nil)
  }

  /// Without a series there is nothing that an upstream could look at.
  @Test func metadataAloneIsOfNoReplica() throws {
    var splitter = LoadSplitter(compression: LiteralSnappy(), replicaLabels: Self.labels)
    let metadata = WireField(3, .message([WireField(2, "up")])).bytes
    let split = try splitter.split(
      Splitting.block(metadata), by: RoutingTable(policy: TenancyPolicy(defaultTenants: [try TenantID("0")])),
      decompressedLimit: 1 << 20, reserve: { _ in true })
    #expect(split.portions.map(\.replica) == [nil])
  }
}
