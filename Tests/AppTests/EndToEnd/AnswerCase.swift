import Model
import TestSupport
import Testing

/// A row of the table of answers: what the upstream says to each tenant, and what the sender hears.
///
/// The load has a series for `acme`, one for `beta` and one for nobody in particular; the default
/// tenant `0` gets all three.
struct AnswerCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// What a tenant's requests are answered with, one after the other; the last one stands for all
  /// further ones. 200 for a tenant that is left out.
  var answers: [String: [ScriptedAnswer]]
  /// What all tenants are answered with that `answers` leaves out.
  var others = ScriptedAnswer.answer(200)
  /// The time limit of the load, in seconds.
  var timeout = 20.0
  var status: Int
  var retryAfter: String?
  /// What the lines of the answer begin with.
  var lines: [String] = []
  /// How many requests there are, by tenant, where that does not depend on time.
  var tries: [String: Int] = [:]

  /// What the upstream does.
  var script: ScriptedUpstream.Script {
    { request in
      let answers = answers[request.tenant ?? ""] ?? [others]
      return answers[min(request.attempt, answers.count - 1)]
    }
  }

  private static let everyone = ["0": 1, "acme": 1, "beta": 1]

  /// Trying again may help: the sender is asked to come again.
  static let unavailable: [AnswerCase] = [
    AnswerCase(
      testDescription: "no answer", answers: ["acme": [.close]], timeout: 3, status: 503, retryAfter: "1",
      lines: ["tenant=acme error="], tries: ["0": 1, "beta": 1]),
    AnswerCase(
      testDescription: "500 without Retry-After", answers: ["acme": [.answer(500)]], timeout: 3,
      // The last try may end by the deadline.
      status: 503, retryAfter: "1", lines: ["tenant=acme "], tries: ["0": 1, "beta": 1]),
    AnswerCase(
      testDescription: "500 with a Retry-After that does not fit",
      answers: ["acme": [.answer(500, fields: ["Retry-After": "21"], body: "boom\nmore")]],
      status: 503, retryAfter: "21", lines: ["tenant=acme status=500 boom"], tries: everyone),
    AnswerCase(
      testDescription: "503, the largest Retry-After",
      answers: [
        "acme": [.answer(503, fields: ["Retry-After": "30"])], "beta": [.answer(502, fields: ["Retry-After": "60"])],
      ],
      status: 503, retryAfter: "60", lines: ["tenant=acme status=503", "tenant=beta status=502"], tries: everyone),
    AnswerCase(
      testDescription: "529 for all", answers: [:], others: .answer(529, fields: ["Retry-After": "45"]),
      status: 503, retryAfter: "45",
      lines: ["tenant=0 status=529", "tenant=acme status=529", "tenant=beta status=529"], tries: everyone),
    AnswerCase(
      testDescription: "503 comes before 429 and 400",
      answers: [
        "0": [.answer(400, body: "no")], "acme": [.answer(429, fields: ["Retry-After": "90"])],
        "beta": [.answer(503, fields: ["Retry-After": "30"])],
      ],
      status: 503, retryAfter: "30",
      lines: ["tenant=beta status=503", "tenant=acme status=429", "tenant=0 status=400 no"], tries: everyone),
    AnswerCase(
      testDescription: "302 is not followed", answers: ["acme": [.answer(302, fields: ["Location": "/elsewhere"])]],
      status: 503, retryAfter: "1", lines: ["tenant=acme status=302"], tries: everyone),
    AnswerCase(
      testDescription: "307 is not followed", answers: ["0": [.answer(307, fields: ["Location": "/elsewhere"])]],
      status: 503, retryAfter: "1", lines: ["tenant=0 status=307"], tries: everyone),
    AnswerCase(
      testDescription: "408 for good", answers: ["acme": [.answer(408, fields: ["Retry-After": "30"])]],
      status: 503, retryAfter: "30", lines: ["tenant=acme status=408"], tries: everyone),
  ]

  /// Tenants that send too much.
  static let limited: [AnswerCase] = [
    AnswerCase(
      testDescription: "429 for a default tenant",
      answers: ["0": [.answer(429, fields: ["Retry-After": "30"], body: "slow down\n")]],
      status: 429, retryAfter: "30", lines: ["tenant=0 status=429 slow down"], tries: everyone),
    AnswerCase(
      testDescription: "429 for a default tenant without Retry-After", answers: ["0": [.answer(429)]],
      status: 429, lines: ["tenant=0 status=429"], tries: everyone),
    AnswerCase(
      testDescription: "429 for every tenant",
      answers: ["acme": [.answer(429, fields: ["Retry-After": "50"])], "beta": [.answer(429)]],
      others: .answer(429, fields: ["Retry-After": "40"]), status: 429, retryAfter: "50",
      lines: ["tenant=0 status=429", "tenant=acme status=429", "tenant=beta status=429"], tries: everyone),
    AnswerCase(
      testDescription: "429 for a label's tenant", answers: ["acme": [.answer(429, fields: ["Retry-After": "30"])]],
      status: 200, tries: everyone),
    AnswerCase(
      testDescription: "429 for a label's tenants", answers: ["acme": [.answer(429)], "beta": [.answer(429)]],
      status: 200, tries: everyone),
  ]

  /// What the upstream will never take.
  static let refused: [AnswerCase] =
    [400, 401, 403, 404, 409, 413, 415, 422, 499].map { status in
      AnswerCase(
        testDescription: "\(status) for all", answers: [:], others: .answer(status, body: "out of order"), status: 400,
        lines: ["0", "acme", "beta"].map { "tenant=\($0) status=\(status) out of order" }, tries: everyone)
    } + [
      AnswerCase(
        testDescription: "400 for some", answers: ["acme": [.answer(400, body: "bad label")]], status: 200,
        tries: everyone),
      AnswerCase(
        testDescription: "400 for a default tenant", answers: ["0": [.answer(400)]], status: 200, tries: everyone),
    ]

  /// What the upstream has taken, now or at a further try.
  static let delivered: [AnswerCase] =
    [200, 201, 202, 204, 299].map { status in
      AnswerCase(
        testDescription: "\(status)", answers: [:], others: .answer(status), status: 200, tries: everyone)
    } + [
      AnswerCase(
        testDescription: "503, then 200", answers: ["acme": [.answer(503), .answer(200)]], status: 200,
        tries: ["0": 1, "acme": 2, "beta": 1]),
      AnswerCase(
        testDescription: "500, 502, then 204", answers: ["0": [.answer(500), .answer(502), .answer(204)]], status: 200,
        tries: ["0": 3, "acme": 1, "beta": 1]),
      AnswerCase(
        testDescription: "no answer, then 200", answers: ["beta": [.close, .answer(200)]], status: 200,
        tries: ["0": 1, "acme": 1, "beta": 2]),
      AnswerCase(
        testDescription: "408, then 200", answers: ["beta": [.answer(408), .answer(200)]], status: 200,
        tries: ["0": 1, "acme": 1, "beta": 2]),
      AnswerCase(
        testDescription: "429 with a Retry-After that fits, then 200",
        answers: ["0": [.answer(429, fields: ["Retry-After": "1"]), .answer(200)]], status: 200,
        tries: ["0": 2, "acme": 1, "beta": 1]),
      AnswerCase(
        testDescription: "503, then 400 for one",
        answers: ["acme": [.answer(503), .answer(400)]], status: 200, tries: ["0": 1, "acme": 2, "beta": 1]),
    ]
}
