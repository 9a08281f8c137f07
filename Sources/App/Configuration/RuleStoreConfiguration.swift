import Model

/// Where OpenMetricsRule resources are, understood and checked.
enum RuleStoreConfiguration: Equatable {
  /// In a directory of files.
  case directory(String)
  case kubernetes(KubernetesStoreConfiguration)

  /// - Parameter isNeeded: whether there has to be a store: Kubernetes then, where nothing is said.
  /// - Returns: `nil` where none is configured and none is needed.
  /// - Throws: `UsageError` for the first value that makes no sense.
  init?(_ options: RuleStoreOptions, isNeeded: Bool, _ check: OptionCheck) throws {
    let kubernetes = try KubernetesStoreConfiguration(options, check)
    if let directory = options.rulesDirectory {
      guard !kubernetes.isAskedFor, options.resourceSelector == nil else {
        throw UsageError("--rules-directory '\(directory)' excludes options of Kubernetes")
      }
      try check.directory(directory, "rules-directory")
      self = .directory(directory)
    } else if kubernetes.isAskedFor || isNeeded {
      self = .kubernetes(kubernetes)
    } else {
      return nil
    }
  }

  /// The labels that resources must have. In a directory all count.
  var selector: ResourceSelector {
    switch self {
    case .directory: .everything
    case .kubernetes(let configuration): configuration.selector
    }
  }

  /// What the store is called towards people.
  var name: String {
    switch self {
    case .directory: "rules directory"
    case .kubernetes: "kubernetes"
    }
  }

  /// Whether the proxy allows the tenants that the resources name.
  var namesTenants: Bool {
    switch self {
    case .directory: true
    case .kubernetes(let configuration): configuration.pollInterval != nil
    }
  }
}
