/// A resource with everything that is found out about it once and for all: it is made anew when the resource has
/// changed, and not in every pass.
package struct CheckedResource: Sendable {
  /// What is known of a group of the resource, in the order of the groups there.
  package struct Check: Sendable {
    /// The hash of its canonical form; `nil` for one that cannot be read.
    package var hash: ContentHash?
    package var verdict: RuleVerdict
  }

  package private(set) var rule: OpenMetricsRule
  /// The tenants that the resource names, without those whose names no ruler takes.
  package let tenants: [TenantID]
  /// What is wrong with the names of the others.
  package let tenantFaults: [DocumentFault]
  /// Where the ruler has the resource's groups.
  package let rulerNamespace: String
  package let checks: [Check]

  package init(
    _ rule: OpenMetricsRule, template: NamespaceTemplate, comparison: RuleComparison, validation: any RuleValidating
  ) {
    self.rule = rule
    (tenants, tenantFaults) = Self.tenants(of: rule)
    let rulerNamespace =
      rule.annotations[SyncAnnotation.rulerNamespace] ?? template.rulerNamespace(for: rule.id.namespace)
    self.rulerNamespace = rulerNamespace
    checks = rule.groups.map { group in
      guard case .group(let group) = group else { return Check(hash: nil, verdict: RuleVerdict()) }
      var verdict = validation.verdict(on: group)
      for (path, name) in [("name", group.name), ("rulerNamespace", rulerNamespace)] {
        guard let fault = RulerName.fault(of: name) else { continue }
        verdict.findings.append(RuleVerdict.Finding(.error, .groupName, path: path, message: fault))
      }
      return Check(hash: comparison.hash(group), verdict: verdict)
    }
  }

  private static func tenants(of rule: OpenMetricsRule) -> ([TenantID], [DocumentFault]) {
    var tenants: [TenantID] = []
    var faults: [DocumentFault] = []
    for (index, name) in rule.tenants.enumerated() {
      do {
        let tenant = try TenantID(name)
        if !tenants.contains(tenant) { tenants.append(tenant) }
      } catch {
        faults.append(DocumentFault(path: "spec.tenants[\(index)]", "\(error)"))
      }
    }
    return (tenants, faults)
  }
}

extension CheckedResource {
  /// The same findings about another state of the resource, whose spec and annotations are the same.
  package func of(_ rule: OpenMetricsRule) -> CheckedResource {
    var copy = self
    copy.rule = rule
    return copy
  }

  /// What is wrong with a group so that it is not written; `nil`: nothing.
  ///
  /// - Parameter index: of the group in the resource.
  package func fault(ofGroup index: Int) -> DocumentFault? {
    switch rule.groups[index] {
    case .broken(_, let path, let reason): return DocumentFault(path: path, reason)
    case .group:
      guard let finding = checks[index].verdict.findings.first(where: { $0.severity == .error }) else { return nil }
      return DocumentFault(path: finding.path, finding.text).within("spec.groups[\(index)]")
    }
  }

  /// Everything that is wrong with the resource, in the order in which it stands there.
  package var faults: [DocumentFault] {
    tenantFaults + rule.groups.indices.compactMap { fault(ofGroup: $0) }
  }
}
