import Model
import Testing

@testable import App

/// What values options may have.
struct OptionCheckTests {
  private let check = OptionCheck()

  @Test(arguments: [(0, false), (1, true), (5, true), (6, false)])
  func aRangeHasEnds(value: Int, isGood: Bool) {
    #expect(((try? check.range(1...5, value, "o")) != nil) == isGood)
  }

  @Test(arguments: [
    (0.0, false), (-1, false), (.nan, false), (.infinity, false), (86400.1, false), (0.001, true), (86400, true),
  ])
  func secondsAreAboveZeroAndAtMostADay(value: Double, isGood: Bool) {
    #expect((try? check.seconds(value, "o")) == (isGood ? .seconds(value) : nil))
  }

  @Test(arguments: [
    ("http://a", true), ("HTTPS://a.b:1/c?d", true), ("http://[::1]:5000/push", true), ("http://u:p@a/", true),
    ("", false), ("a", false), ("//a", false), ("http:", false), ("http://", false), ("file:///a", false),
    ("http://a b", false),
  ])
  func aURLIsAFullOne(value: String, isGood: Bool) {
    #expect(((try? check.url(value, "o")) != nil) == isGood)
  }

  @Test(arguments: [
    ("", []), (",", []), ("a", ["a"]), (" a , b,,c ", ["a", "b", "c"]),
  ])
  func aListIsCommaSeparated(value: String, items: [String]) {
    #expect(check.list(value) == items)
  }

  @Test func tenantsAreChecked() throws {
    #expect(try check.tenants("a, b", "o") == [TenantID("a"), TenantID("b")])
    #expect(throws: UsageError.self) { try check.tenants("a,b|c", "o") }
  }
}
