import Model

/// Rules: reading their expressions, checking their groups, and merging the two sides of a tenant.
struct RuleBenchmarks {
  private static let groups = 100

  /// What rules look like: most are short, and a few are long.
  private static let expressions = [
    "up == 0",
    #"absent(up{job="prometheus"} == 1)"#,
    #"sum by (service) (rate(http_requests_total{code=~"5..", job="api"}[5m]))"#,
    "histogram_quantile(0.99, sum without (instance, pod) (rate(request_duration_seconds_bucket[1h]))) > 0.5",
    #"max_over_time(kube_pod_container_status_waiting_reason{reason="CrashLoopBackOff", namespace!~"test-.*"}[5m]) >= 1"#,
    """
    100 * (
      count by (job, namespace, service) (up == 0)
        / on (job, namespace, service)
      count by (job, namespace, service) (up)
    ) > 10 and predict_linear(node_filesystem_avail_bytes{fstype!=""}[6h:5m] offset 1m, 24 * 60 * 60) < 0
    """,
  ]

  private let rules = Self.rules { "team-\($0)" }

  /// - Parameter team: the label that tells the alerts of a group from those of others.
  private static func rules(of team: (Int) -> String) -> [RuleGroup] {
    (0..<groups).map { group($0, team: team($0)) }
  }

  private static func group(_ number: Int, team: String) -> RuleGroup {
    let alerts = expressions.enumerated().map { index, expression in
      Rule(
        alert: "Alert\(index)", expression: expression, pendingFor: "10m",
        labels: ["severity": "page", "team": team],
        annotations: [
          "summary": "{{ $labels.instance }} has been down for {{ $value | humanizeDuration }}.",
          "runbook_url": "https://runbooks.example/alert-\(index)",
        ])
    }
    let records = expressions.enumerated().map { index, expression in
      Rule(record: "group\(number):expression:\(index)", expression: expression)
    }
    return RuleGroup(name: "group-\(number)", interval: "1m", rules: alerts + records)
  }

  var all: [Benchmark] {
    [
      parsing, checking,
      // A tenant whose groups are the same on both sides, as nearly always.
      reconciling("reconcile", rules),
      // The same where every group has the same alerts.
      reconciling("reconcile-duplicates", Self.rules { _ in "everybody" }),
    ].compactMap(\.self)
  }

  private var parsing: Benchmark {
    let parser = PromQLParser(patterns: RE2Patterns())
    return Benchmark("promql", unit: "expression", count: Self.expressions.count) {
      Self.expressions.reduce(0) { $0 + ((try? parser.parse($1).nodes.count) ?? 0) }
    }
  }

  private var checking: Benchmark {
    let validator = RuleValidator()
    return Benchmark("rule-validation", unit: "rule", count: rules.count * Self.expressions.count * 2) { [rules] in
      rules.reduce(0) { $0 + validator.verdict(on: $1).findings.count }
    }
  }

  private func reconciling(_ name: String, _ rules: [RuleGroup]) -> Benchmark? {
    guard let tenant = try? TenantID("tenant") else { return nil }
    let comparison = RuleComparison()
    let id = ResourceID(namespace: "default", name: "rules")
    let resource = OpenMetricsRule(id: id, uid: "uid", tenants: [tenant.name], groups: rules.map(ResourceGroup.group))
    let checked = CheckedResource(
      resource, template: .identity, comparison: comparison, validation: PermissiveRuleValidation())
    let ruler = RulerRules(namespaces: [id.namespace: resource.groups])
    let entries = rules.map { group in
      let hash = comparison.hash(group)
      let entry = LedgerEntry(
        kubernetesHash: hash, rulerHash: hash, origin: .kubernetes, uid: "uid",
        sighting: LedgerEntry.Sighting(namespace: id.namespace), agreed: 0)
      return (LedgerKey(namespace: id.namespace, group: group.name), entry)
    }
    let sides = TenantSides(
      tenant: tenant, base: Ledger(entries: Dictionary(entries) { first, _ in first }),
      kubernetes: ResourceIndex([checked]).side(of: tenant), ruler: RulerSide(.present(ruler), comparison: comparison))
    let reconciler = Reconciler()
    return Benchmark(name, unit: "group", count: rules.count) {
      reconciler.plan(for: sides, in: SyncPass(now: 1, mayRemove: true)).steps.count
    }
  }
}
