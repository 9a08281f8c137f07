import Transport

/// The options of `openmmt serve`, understood and checked.
struct ServeConfiguration {
  /// The role that was asked for; `nil` for both.
  let role: Role?
  /// The proxy's port; `nil` where that role is not played.
  let proxyPort: Int?
  /// The informer's port; `nil` where that role is not played.
  let informerPort: Int?
  /// The port of the sandbox; `nil` where there is to be none.
  let sandboxPort: Int?
  let drainTimeout: Duration
  let listener: ListenerConfiguration
  private(set) var proxy: ProxyConfiguration
  private(set) var informer: InformerConfiguration
  /// Where rules are; `nil` where nobody is to look.
  let store: RuleStoreConfiguration?
  /// Where the allowed tenants are kept across restarts; `nil` where they are not.
  let stateDirectory: String?

  /// All options are checked, those of a role that is not played too.
  ///
  /// - Throws: `UsageError` for the first value that makes no sense.
  init(_ options: ServeCommand) throws {
    let check = OptionCheck()
    role = options.process.role
    try check.range(0...65535, options.listener.port ?? 0, "port")
    try check.range(0...65535, options.listener.informerPort, "informer-port")
    try check.range(0...65535, options.process.sandboxPort, "sandbox-port")
    drainTimeout = try check.seconds(options.process.drainTimeoutSeconds, "drain-timeout-seconds")
    sandboxPort = options.process.sandbox ? options.process.sandboxPort : nil
    listener = try ListenerConfiguration(options.listener, check)
    store = try RuleStoreConfiguration(options.store, isNeeded: role == .informer, check)
    stateDirectory = options.store.stateDirectory
    if let stateDirectory { try check.directory(stateDirectory, "state-directory") }
    proxy = try ProxyConfiguration(options.proxy, hasTenantSource: store?.namesTenants ?? false, check)
    informer = try InformerConfiguration(options, store: store, check)

    let port = options.listener.port
    proxyPort = role == .informer ? nil : port ?? 19093
    informerPort =
      switch role {
      case .proxy: nil
      case .informer: port ?? options.listener.informerPort
      case nil: store == nil ? nil : options.listener.informerPort
      }
  }

  /// What is said to upstreams in `Authorization`, from files that may change.
  var authorizations: [any WatchedFiles] {
    [proxy.upstream.authorization, informer.ruler.client.authorization].compactMap { $0 }
  }

  /// Makes a sandbox every upstream.
  mutating func send(everythingTo sandbox: SandboxServer) {
    proxy.upstream.url = sandbox.pushURL
    informer.ruler.use(sandbox)
  }
}
