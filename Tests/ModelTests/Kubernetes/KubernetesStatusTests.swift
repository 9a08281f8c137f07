import Model
import Testing

struct KubernetesStatusTests {
  @Test(
    arguments: [
      (400, "BadRequest", .invalid), (401, "Unauthorized", .unauthorized), (403, "Forbidden", .forbidden),
      (404, "NotFound", .notFound), (405, "MethodNotAllowed", .invalid), (409, "AlreadyExists", .exists),
      (409, "Conflict", .conflict), (410, "Expired", .gone), (410, "Gone", .gone), (413, "", .invalid),
      (415, "UnsupportedMediaType", .invalid), (422, "Invalid", .invalid), (429, "TooManyRequests", .throttled),
      (500, "InternalError", .server), (503, "ServiceUnavailable", .server), (504, "Timeout", .server),
    ] as [(Int, String, KubernetesFailure.Kind)])
  func codesMeanWhatTheyMean(code: Int, reason: String, kind: KubernetesFailure.Kind) {
    #expect(KubernetesStatus(code: code, reason: reason).kind == kind)
  }

  @Test func anotherKindIsNoStatus() {
    #expect(KubernetesStatus(document: .object([("kind", .text("Lease"))])) == nil)
    #expect(KubernetesStatus(document: .null) == nil)
  }
}
