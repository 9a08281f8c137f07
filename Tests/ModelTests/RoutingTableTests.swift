import Model
import Testing

@Suite struct RoutingTableTests {
  /// One value under rules: default tenants, the command line's allow list, the sources' tenants.
  struct Case: Sendable, CustomTestStringConvertible {
    var defaults: [String] = []
    var allowed: [String]?
    var sources: [String]?
    var value: String
    var route: String

    var testDescription: String {
      "\(value) -> \(route), defaults \(defaults), allowed \(allowed ?? ["any"]), sources \(sources ?? ["none"])"
    }
  }

  @Test(arguments: [
    Case(value: "a", route: "tenant"),
    Case(value: "a/b", route: "invalid"),
    Case(value: "", route: "invalid"),
    Case(defaults: ["a"], value: "a", route: "default"),
    Case(defaults: ["a"], value: "b", route: "tenant"),
    Case(allowed: ["a"], value: "a", route: "tenant"),
    Case(allowed: ["a"], value: "b", route: "not allowed"),
    Case(allowed: ["a"], value: "a ", route: "invalid"),
    Case(allowed: [], value: "a", route: "not allowed"),
    Case(sources: [], value: "a", route: "not allowed"),
    Case(sources: ["a"], value: "a", route: "tenant"),
    Case(sources: ["a"], value: "A", route: "not allowed"),
    Case(allowed: ["a"], sources: ["b"], value: "a", route: "tenant"),
    Case(allowed: ["a"], sources: ["b"], value: "b", route: "tenant"),
    Case(allowed: ["a"], sources: ["b"], value: "c", route: "not allowed"),
    Case(defaults: ["0"], allowed: ["a"], value: "0", route: "default"),
    Case(defaults: ["0"], sources: [], value: "0", route: "default"),
  ])
  func aValueLeadsWhereTheRulesSay(_ test: Case) throws {
    let policy = TenancyPolicy(
      defaultTenants: try test.defaults.map { try TenantID($0) },
      allowedTenants: try test.allowed.map { Set(try $0.map { try TenantID($0) }) },
      hasTenantSources: test.sources != nil)
    let table = RoutingTable(policy: policy, sourceTenants: Set(try (test.sources ?? []).map { try TenantID($0) }))
    #expect(name(table.route(test.value)) == test.route)
  }

  @Test func theAllowListIsTheUnionOfAllSources() throws {
    let policy = TenancyPolicy(allowedTenants: [try TenantID("a")], hasTenantSources: true)
    let table = RoutingTable(policy: policy, sourceTenants: [try TenantID("b")])
    #expect(table.allowedTenants == [try TenantID("a"), try TenantID("b")])
    #expect(RoutingTable(policy: TenancyPolicy()).allowedTenants == nil)
  }

  @Test func aDefaultTenantCountsOnce() throws {
    let policy = TenancyPolicy(defaultTenants: try ["b", "a", "b"].map { try TenantID($0) })
    #expect(policy.defaultTenants.map(\.name) == ["b", "a"])
  }

  @Test func aCellHoldsTheTableLastPutIn() throws {
    let cell = RoutingTableCell(RoutingTable(policy: TenancyPolicy()))
    let next = RoutingTable(policy: TenancyPolicy(defaultTenants: [try TenantID("0")]))
    cell.replace(with: next)
    #expect(cell.current == next)
  }

  private func name(_ route: TenantRoute) -> String {
    switch route {
    case .tenant: "tenant"
    case .defaultTenant: "default"
    case .notAllowed: "not allowed"
    case .invalid: "invalid"
    }
  }
}
