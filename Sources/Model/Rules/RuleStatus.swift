/// The status of an OpenMetricsRule: what became of it.
package struct RuleStatus: Sendable, Equatable {
  /// The names of the conditions.
  package enum ConditionType: String, Sendable, CaseIterable {
    /// Every group passes validation.
    case valid = "Valid"
    /// Every group of every tenant is in the ruler as it is here.
    case synced = "Synced"
    /// A group was changed on both sides.
    case conflict = "Conflict"
    /// Another resource has the same group for the same tenant, or a rule stands twice.
    case duplicate = "Duplicate"
  }

  /// A condition as Kubernetes has them.
  package struct Condition: Sendable, Equatable {
    package var type: ConditionType
    /// `nil` for unknown.
    package var isTrue: Bool?
    /// One word in capitals and small letters.
    package var reason: String
    package var message: String
    /// When `isTrue` last changed, in seconds since 1970.
    package var lastTransition: Int64
    package var observedGeneration: Int

    package init(
      _ type: ConditionType, _ isTrue: Bool?, reason: String, message: String = "", lastTransition: Int64 = 0,
      observedGeneration: Int = 0
    ) {
      self.type = type
      self.isTrue = isTrue
      self.reason = reason
      self.message = message
      self.lastTransition = lastTransition
      self.observedGeneration = observedGeneration
    }
  }

  /// What became of a group for a tenant.
  package struct GroupSync: Sendable, Equatable {
    package var tenant: String
    package var rulerNamespace: String
    package var group: String
    /// The hash of the content that both sides last agreed on; empty where they never did.
    package var hash: String
    package var state: SyncState
    package var reason: String
    package var message: String
    /// When `state` last changed, in seconds since 1970.
    package var lastTransition: Int64
    package var observedGeneration: Int

    package init(
      tenant: String, rulerNamespace: String, group: String, hash: String, state: SyncState, reason: String = "",
      message: String = "", lastTransition: Int64 = 0, observedGeneration: Int = 0
    ) {
      self.tenant = tenant
      self.rulerNamespace = rulerNamespace
      self.group = group
      self.hash = hash
      self.state = state
      self.reason = reason
      self.message = message
      self.lastTransition = lastTransition
      self.observedGeneration = observedGeneration
    }
  }

  /// True only when all tenants and groups of `observedGeneration` are in the ruler. The original kit's field.
  package var rulerUpdated: Bool
  package var observedGeneration: Int
  package var conditions: [Condition]
  package var sync: [GroupSync]

  package init(
    rulerUpdated: Bool = false, observedGeneration: Int = 0, conditions: [Condition] = [], sync: [GroupSync] = []
  ) {
    self.rulerUpdated = rulerUpdated
    self.observedGeneration = observedGeneration
    self.conditions = conditions
    self.sync = sync
  }
}
