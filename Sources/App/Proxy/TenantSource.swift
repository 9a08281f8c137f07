import Model

/// Where the proxy learns of the tenants that it allows.
struct TenantSource {
  /// What it is called towards people.
  let name: String
  let store: any RuleStore
  /// Where the tenants are kept across restarts; `nil` where they are not.
  let memory: (any TenantMemory)?
}
