/// What is to be said of several files with rules together.
package struct RuleSetCheck {
  /// A finding, by what it says and where.
  private struct Said: Hashable {
    var file: Int
    var path: String
    var message: String
  }

  package private(set) var files: [RuleFileCheck]
  private var said: Set<Said> = []

  /// Looks for what stands twice among the files.
  ///
  /// Rules are compared within a tenant. A rule file does not say whose it is: those of one directory are taken to
  /// belong to one tenant.
  package init(_ files: [RuleFileCheck], limits: RuleLimits) {
    self.files = files
    for scope in Self.scopes(of: files).sorted(by: { $0.key < $1.key }) {
      addDuplicateGroups(scope.value)
      addDuplicateRules(scope.value)
      addLimits(scope.value, limits)
    }
    for index in self.files.indices { self.files[index].sort() }
  }

  /// A group, by its file and its place in it.
  private struct Member {
    var file: Int
    var group: RuleFileCheck.Group
  }

  private static func scopes(of files: [RuleFileCheck]) -> [String: [Member]] {
    var scopes: [String: [Member]] = [:]
    for (index, file) in files.enumerated() {
      let directory = file.name.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
        separator: "/")
      for group in file.groups {
        // No tenant has a slash in its name.
        let names = group.tenants.isEmpty ? ["/" + directory] : group.tenants
        for name in names { scopes[name, default: []].append(Member(file: index, group: group)) }
      }
    }
    return scopes
  }

  private mutating func addDuplicateGroups(_ members: [Member]) {
    var first: [LedgerKey: Member] = [:]
    for member in members where !member.group.tenants.isEmpty {
      let key = LedgerKey(namespace: member.group.namespace, group: member.group.group.name)
      guard let other = first[key] else {
        first[key] = member
        continue
      }
      guard other.group.source != member.group.source else { continue }
      let finding = RuleVerdict.Finding(
        .error, .duplicateGroup, path: "\(member.group.path).name",
        message:
          "group \(GoQuoted.string(key.group)) of the same namespace and tenant is also in \(other.group.source)",
        advice: "rename one, or name other tenants")
      add(finding, to: member)
    }
  }

  private mutating func addDuplicateRules(_ members: [Member]) {
    var index = DuplicateIndex()
    for (number, member) in members.enumerated() {
      index.add(member.group.group, from: member.group.source, as: number)
    }
    for duplicate in index.duplicates() {
      add(duplicate.finding.within(members[duplicate.group].group.path), to: members[duplicate.group])
    }
  }

  private mutating func addLimits(_ members: [Member], _ limits: RuleLimits) {
    guard let limit = limits.groupsPerTenant, members.count > limit else { return }
    let message = "per-user rule groups limit (limit: \(limit) actual: \(members.count)) exceeded"
    add(
      RuleVerdict.Finding(.error, .limits, path: members[limit].group.path, message: message), to: members[limit])
  }

  /// Resources with several tenants are looked at once for each of them, and have it said once.
  private mutating func add(_ finding: RuleVerdict.Finding, to member: Member) {
    let isNew = said.insert(Said(file: member.file, path: finding.path, message: finding.message)).inserted
    if isNew { files[member.file].add(finding, document: member.group.document) }
  }
}
