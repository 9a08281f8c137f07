/// What is to be done for a tenant so that Kubernetes and the ruler agree, and how every group stands until then.
///
/// A plan is made of what was read, and what was read gets old. Who carries it out:
/// - writes pushes before removals, but removals first where the ruler has no room for another group;
/// - before a push or a removal reads the group again, and leaves out the step where the ruler has not what the step
///   says that it replaces;
/// - before any removal lists Kubernetes again and makes the plan anew, for a group that is missing in a copy may be
///   there;
/// - after each write reads back what came of it and records that in the ledger. A stop in between does no harm: the
///   next plan finds both sides the same and adopts them.
package struct Plan: Sendable {
  package var tenant: TenantID
  /// One a group that the ledger, Kubernetes or the ruler knows, in the order of the keys.
  package var steps: [PlanStep]
  /// How many removals were held back for being too many at once.
  package var heldRemovals: Int
  /// Resources that have a group which another one has for this tenant.
  package var duplicates: [DuplicateGroup]

  package init(tenant: TenantID, steps: [PlanStep], heldRemovals: Int = 0, duplicates: [DuplicateGroup] = []) {
    self.tenant = tenant
    self.steps = steps
    self.heldRemovals = heldRemovals
    self.duplicates = duplicates
  }
}

extension Plan {
  /// Whether there is nothing to write: neither to a side nor to the ledger.
  package var isSettled: Bool {
    steps.allSatisfy { step in
      if case .none = step.action { true } else { false }
    }
  }

  /// The groups to write to the ruler, in the order of the keys.
  package var pushes: [(key: LedgerKey, push: GroupPush)] {
    steps.compactMap { step in
      guard case .push(let push) = step.action else { return nil }
      return (step.key, push)
    }
  }

  /// The groups to remove from the ruler, in the order of the keys.
  package var removals: [(key: LedgerKey, removal: GroupRemoval)] {
    steps.compactMap { step in
      guard case .remove(let removal) = step.action else { return nil }
      return (step.key, removal)
    }
  }

  /// The resources to create, in the order of the keys.
  package var imports: [(key: LedgerKey, import: GroupImport)] {
    steps.compactMap { step in
      guard case .importGroup(let groupImport) = step.action else { return nil }
      return (step.key, groupImport)
    }
  }
}
