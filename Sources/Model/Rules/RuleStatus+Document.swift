extension RuleStatus {
  /// Reads a status; what cannot be read in it is left out, for it is written anew anyway.
  ///
  /// - Returns: `nil` where there is none.
  package init?(document: DocumentNode) {
    guard document.fields != nil else { return nil }
    self.init(
      rulerUpdated: document["ruler_updated"]?.text == "true",
      observedGeneration: document["observedGeneration"]?.numberOrZero ?? 0,
      conditions: (document["conditions"]?.items ?? []).compactMap { Condition(document: $0) },
      sync: (document["sync"]?.items ?? []).compactMap { GroupSync(document: $0) })
  }

  /// The status as Kubernetes has it.
  package var document: DocumentNode {
    .fields([
      DocumentField("ruler_updated", .truth(rulerUpdated)),
      DocumentField("observedGeneration", .number(observedGeneration)),
      DocumentField("conditions", .items(conditions.map(\.document))),
      DocumentField("sync", .items(sync.map(\.document))),
    ])
  }
}

extension RuleStatus.Condition {
  init?(document: DocumentNode) {
    guard let type = document["type"]?.text.flatMap({ RuleStatus.ConditionType(rawValue: $0) }) else { return nil }
    let status = document["status"]?.text
    self.init(
      type, status == "True" ? true : status == "False" ? false : nil,
      reason: document["reason"]?.text ?? "",
      message: document["message"]?.text ?? "",
      lastTransition: document["lastTransitionTime"]?.text.flatMap { Timestamp.seconds($0) } ?? 0,
      observedGeneration: document["observedGeneration"]?.numberOrZero ?? 0)
  }

  var document: DocumentNode {
    .fields([
      DocumentField("type", .text(type.rawValue)),
      DocumentField("status", .text(isTrue.map { $0 ? "True" : "False" } ?? "Unknown")),
      DocumentField("reason", .text(reason)),
      DocumentField("message", .text(message)),
      DocumentField("lastTransitionTime", .text(Timestamp.text(lastTransition))),
      DocumentField("observedGeneration", .number(observedGeneration)),
    ])
  }
}

extension RuleStatus.GroupSync {
  init?(document: DocumentNode) {
    guard let tenant = document["tenant"]?.text, let group = document["group"]?.text,
      let state = document["state"]?.text.flatMap({ SyncState(rawValue: $0) })
    else { return nil }
    self.init(
      tenant: tenant, rulerNamespace: document["rulerNamespace"]?.text ?? "", group: group,
      hash: document["hash"]?.text ?? "", state: state,
      reason: document["reason"]?.text ?? "",
      message: document["message"]?.text ?? "",
      lastTransition: document["lastTransitionTime"]?.text.flatMap { Timestamp.seconds($0) } ?? 0,
      observedGeneration: document["observedGeneration"]?.numberOrZero ?? 0)
  }

  var document: DocumentNode {
    .fields([
      DocumentField("tenant", .text(tenant)),
      DocumentField("rulerNamespace", .text(rulerNamespace)),
      DocumentField("group", .text(group)),
      DocumentField("hash", .text(hash)),
      DocumentField("state", .text(state.rawValue)),
      DocumentField("reason", .text(reason)),
      DocumentField("message", .text(message)),
      DocumentField("lastTransitionTime", .text(Timestamp.text(lastTransition))),
      DocumentField("observedGeneration", .number(observedGeneration)),
    ])
  }
}
