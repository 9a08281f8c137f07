import Model

extension ImportPlacement {
  /// Where the options say that imports go.
  ///
  /// - Parameter scope: the resources that are watched.
  /// - Throws: `UsageError` for the first value that makes no sense.
  init(
    _ options: InformerOptions, template: NamespaceTemplate, scope: WatchScope, _ check: OptionCheck
  ) throws(UsageError) {
    self.init(
      template: template, scope: scope,
      fallback: try Self.fallback(options.importNamespace, watched: scope.namespaces, check))
  }

  private static func fallback(
    _ name: String?, watched: Set<String>?, _ check: OptionCheck
  ) throws(UsageError) -> String? {
    guard let name else { return watched?.contains("default") == false ? watched?.min() : "default" }
    if name == "-" { return nil }
    guard try check.namespaces(name, "import-namespace") == [name] else {
      throw UsageError("--import-namespace must be one namespace, not '\(name)'")
    }
    guard watched?.contains(name) != false else {
      throw UsageError("--import-namespace must be one of --informer-namespace, not '\(name)'")
    }
    return name
  }
}
