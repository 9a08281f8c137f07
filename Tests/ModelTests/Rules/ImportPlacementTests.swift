import Testing

@testable import Model

@Suite struct ImportPlacementTests {
  private func place(
    _ rulerNamespace: String, template: String = "{namespace}", watched: Set<String>?, inUse: Set<String> = [],
    selector: String = "", fallback: String? = "default"
  ) throws -> String? {
    let placement = ImportPlacement(
      template: try NamespaceTemplate(template),
      scope: WatchScope(namespaces: watched, selector: try ResourceSelector(selector)), fallback: fallback)
    return placement.namespace(for: rulerNamespace, inUse: inUse)
  }

  @Test func aGroupGoesToTheNamespaceThatItsOwnStandsFor() throws {
    #expect(try place("team-a", watched: ["team-a", "b"]) == "team-a")
    #expect(try place("prod-team-a", template: "prod-{namespace}", watched: ["team-a"]) == "team-a")
    #expect(try place("team-a", watched: nil, inUse: ["team-a"]) == "team-a")
  }

  /// What is not watched would never be seen again, and what has no resources may not exist.
  @Test func elseItGoesToTheOneForAllOthers() throws {
    #expect(try place("team-c", watched: ["team-a"], inUse: ["team-c"], fallback: "team-a") == "team-a")
    #expect(try place("team-c", watched: nil, inUse: ["team-a"]) == "default")
    #expect(try place("no name/of Kubernetes", watched: nil) == "default")
    #expect(try place("all", template: "all", watched: ["team-a"], fallback: "team-a") == "team-a")
  }

  @Test func withoutSuchAPlaceItStaysInTheRuler() throws {
    #expect(try place("team-c", watched: ["team-a"], fallback: nil) == nil)
    #expect(try place("team-a", watched: ["team-a"], fallback: nil) == "team-a")
  }

  /// Another cluster's groups are not this informer's.
  @Test(arguments: ["eu-{namespace}", "all"]) func whatTheTemplateDoesNotCoverIsNotImported(template: String) throws {
    #expect(try place("us-team-a", template: template, watched: nil, inUse: ["team-a", "us-team-a"]) == nil)
  }

  /// A resource that would not be watched is not made.
  @Test(arguments: ["team", "size>5", "team=a,team=b"]) func withoutLabelsForItAGroupIsNotImported(
    selector: String
  ) throws {
    #expect(try place("team-a", watched: ["team-a"], selector: selector) == nil)
    #expect(try place("other", watched: ["team-a"], selector: selector, fallback: "team-a") == nil)
    let scene = MergeScene(nil, .absent, .group("a")).with { $0.selector = selector }
    let step = try scene.step(SyncPolicy())
    #expect(step == nil)
  }

  @Test(arguments: [("", [:]), ("team in (b,a),stage!=test", ["team": "b"])] as [(String, [String: String])])
  func importsHaveTheLabelsThatTheyAreWatchedBy(selector: String, labels: [String: String]) throws {
    let scene = MergeScene(nil, .absent, .group("a")).with { $0.selector = selector }
    guard case .importGroup(let groupImport)? = try scene.step(SyncPolicy())?.action else {
      Issue.record("nothing is imported")
      return
    }
    #expect(groupImport.resource.labels == labels)
    #expect(try groupImport.resource.appliedDocument["metadata"]?["labels"]?.textsByName() ?? [:] == labels)
  }
}
