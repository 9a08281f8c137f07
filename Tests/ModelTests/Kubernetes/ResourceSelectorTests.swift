import Model
import Testing

@Suite struct ResourceSelectorTests {
  /// A selector as people write it, as it is kept, and labels that satisfy it.
  @Test(
    arguments: [
      ("", "", [:]), (" \t", "", [:]),
      ("team=a", "team=a", ["team": "a"]), ("team == a", "team=a", ["team": "a"]),
      ("team in (a)", "team=a", ["team": "a"]), ("team in (b, a)", "team in (a,b)", ["team": "b"]),
      ("a=1,b=2", "a=1,b=2", ["a": "1", "b": "2"]), ("b=2 , a=1", "a=1,b=2", ["a": "1", "b": "2"]),
      ("a=1,a==1", "a=1", ["a": "1"]), ("a=", "a=", ["a": ""]), ("a in (,b)", "a in (,b)", ["a": ""]),
      ("example.org/team_x.y=a-b", "example.org/team_x.y=a-b", ["example.org/team_x.y": "a-b"]),
      ("in=notin", "in=notin", ["in": "notin"]),
      // Without the label these are satisfied.
      ("stage!=test", "stage!=test", [:]), ("stage notin (b,a)", "stage notin (a,b)", [:]),
      ("stage notin (test)", "stage!=test", [:]), ("!stage", "!stage", [:]),
      ("team=a,stage!=test,!old", "!old,stage!=test,team=a", ["team": "a"]),
      // All that is asked of one label counts.
      ("team,team=a", "team,team=a", ["team": "a"]), ("team in (a,b),team!=a", "team in (a,b),team!=a", ["team": "b"]),
      ("size in (3,7),size>5", "size in (3,7),size>5", ["size": "7"]),
      // No label is named that would do.
      ("team", "team", nil), ("size>5", "size>5", nil), ("size<5", "size<5", nil), ("a=1,a=2", "a=1,a=2", nil),
      ("team=a,!team", "!team,team=a", nil),
    ] as [(String, String, [String: String]?)])
  func labelsAreMadeOfIt(_ written: String, _ kept: String, _ labels: [String: String]?) throws {
    let selector = try ResourceSelector(written)
    #expect(selector.text == kept)
    #expect(selector.labels == labels)
    #expect(try ResourceSelector(kept).text == kept)
  }

  @Test(
    arguments: [
      (",", "has , where the name of a label must be"), ("a,", "ends where the name of a label must be"),
      ("a b", "has b where what is asked of the label must be"), ("=a", "has = where the name of a label must be"),
      ("!a=b", "has = where , must be"), ("a=b=c", "has = where , must be"), ("a in b", "has b where ( must be"),
      ("a in (b", "ends where ) must be"), ("a in ()", "has no value between ( and )"),
      ("a=(", "has ( where the value of a label must be"), ("a>b", "has b where a whole number must be"),
      ("a=-b", "has -b where the value of a label must be"), ("ä", "has ä where the name of a label must be"),
      ("/a", "has /a where the name of a label must be"), ("a/b/c=d", "has a/b/c where the name of a label must be"),
      (String(repeating: "a", count: 64), "where the name of a label must be"),
    ])
  func whatIsNoSelectorIsRefused(_ text: String, _ reason: String) {
    let error = #expect(throws: InvalidResourceSelector.self) { try ResourceSelector(text) }
    #expect(error?.reason.hasSuffix(reason) == true)
    #expect(error?.text == text)
  }
}
