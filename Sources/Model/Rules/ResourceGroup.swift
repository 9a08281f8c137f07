/// A group in a resource: one that can be read, or one that cannot and so freezes its key.
package enum ResourceGroup: Sendable {
  case group(RuleGroup)
  /// - Parameters:
  ///   - name: the group's name where it could be read; without one, no key is known and the whole resource is
  ///     frozen.
  ///   - path: where in the resource the fault is, such as `spec.groups[1].rules[0].labels`.
  ///   - reason: what is wrong.
  case broken(name: String?, path: String, reason: String)
}
