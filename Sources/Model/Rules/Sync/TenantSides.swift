/// All that is known of a tenant's groups: the base of the merge and its two sides.
package struct TenantSides: Sendable {
  package var tenant: TenantID
  /// What both sides last agreed on.
  package var base: Ledger
  package var kubernetes: KubernetesSide
  package var ruler: RulerSide
  /// What the ruler has refused.
  package var refusals: [LedgerKey: RulerRefusal]
  /// The hash of a group as the ruler had it for another tenant when that was last read; `nil` where it is not known.
  package var rulerHashOfTenant: @Sendable (TenantID, LedgerKey) -> ContentHash?

  package init(
    tenant: TenantID, base: Ledger, kubernetes: KubernetesSide, ruler: RulerSide,
    refusals: [LedgerKey: RulerRefusal] = [:],
    rulerHashOfTenant: @escaping @Sendable (TenantID, LedgerKey) -> ContentHash? = { _, _ in nil }
  ) {
    self.tenant = tenant
    self.base = base
    self.kubernetes = kubernetes
    self.ruler = ruler
    self.refusals = refusals
    self.rulerHashOfTenant = rulerHashOfTenant
  }
}
