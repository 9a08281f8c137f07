/// The question whether a resource may be stored, as the API server of Kubernetes puts it to a webhook.
///
/// Source: `AdmissionReview` of admission.k8s.io/v1.
package struct AdmissionReview: Sendable {
  private static let apiVersion = "admission.k8s.io/v1"
  private static let kind = "AdmissionReview"

  /// Tells the question from others; the answer repeats it.
  package let uid: String
  /// What is to be stored; `nil` where it is nothing of ours, or nothing is to be stored.
  package let resource: OpenMetricsRule?
  /// Whether the spec is the one that is stored already.
  package let keepsSpec: Bool

  /// - Throws: what is wrong with a document that is no question, or a resource that cannot be read.
  package init(document: DocumentNode) throws(DocumentFault) {
    guard document["kind"]?.text == Self.kind, document["apiVersion"]?.text == Self.apiVersion else {
      throw DocumentFault("must be an \(Self.kind) of \(Self.apiVersion)")
    }
    guard let request = document["request"], let uid = request["uid"]?.text else {
      throw DocumentFault(path: "request.uid", "must be text")
    }
    self.uid = uid
    guard let object = request["object"], !object.isNull, object["kind"]?.text == OpenMetricsRule.kind else {
      resource = nil
      keepsSpec = true
      return
    }
    do {
      resource = try OpenMetricsRule(document: object)
    } catch {
      throw error.within("request.object")
    }
    let old = request["oldObject"]?["spec"]
    keepsSpec = old.map { JSONWriter.bytes(of: $0) == JSONWriter.bytes(of: object["spec"] ?? .null) } ?? false
  }

  /// What is to be said of the resource.
  ///
  /// Errors refuse it, unless there is nobody to mend them: what was stored before has to stay open to other changes,
  /// and an import shows what is in the ruler. They are warnings then. What stands in another resource, too, is a
  /// warning in any case: where something moves from one resource to another, one of them comes first.
  ///
  /// - Parameter others: the resources that there are.
  package func verdict(_ check: ResourceCheck, among others: ResourceIndex?) -> AdmissionVerdict {
    guard let resource else { return AdmissionVerdict() }
    let checked = check.check(resource)
    var verdict = AdmissionVerdict()
    verdict.errors = checked.tenantFaults.map { AdmissionVerdict.Cause(field: $0.path, message: $0.reason) }
    for (place, group) in resource.groups.enumerated() {
      switch group {
      case .group:
        for finding in checked.checks[place].verdict.findings { verdict.add(finding, at: "spec.groups[\(place)]") }
      case .broken(_, let path, let reason):
        verdict.errors.append(AdmissionVerdict.Cause(field: path, message: reason))
      }
    }
    for duplicate in ResourceDuplicates(of: checked, among: others, comparison: check.comparison).all {
      verdict.add(duplicate.finding, at: "spec.groups[\(duplicate.group)]")
    }
    if keepsSpec || resource.isUntouchedImport { verdict.forgive() }
    return verdict
  }

  /// The answer for the API server.
  package func answer(_ verdict: AdmissionVerdict) -> DocumentNode {
    var response = [DocumentField("uid", .text(uid)), DocumentField("allowed", .truth(verdict.isAllowed))]
    if !verdict.isAllowed { response.append(DocumentField("status", verdict.status)) }
    if !verdict.warnings.isEmpty {
      response.append(DocumentField("warnings", .items(verdict.warningTexts.map { .text($0) })))
    }
    return .fields([
      DocumentField("apiVersion", .text(Self.apiVersion)), DocumentField("kind", .text(Self.kind)),
      DocumentField("response", .fields(response)),
    ])
  }
}
