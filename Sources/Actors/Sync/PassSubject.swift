import Model

/// What a pass is about.
struct PassSubject: Sendable {
  let tenant: TenantID
  let half: SyncHalf
  /// The term of leadership that it is done in.
  let term: Int
  let view: ResourceView
  let settings: SyncSettings
  /// What the ruler had for other tenants when they were last looked at.
  let rulerHashOfTenant: @Sendable (TenantID, LedgerKey) -> ContentHash?
}
