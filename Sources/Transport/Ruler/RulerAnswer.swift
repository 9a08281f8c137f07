internal import Model

/// What an answer of a ruler means.
///
/// Source: Cortex `pkg/ruler/api.go`, `pkg/ruler/manager.go`; Mimir `pkg/ruler/api.go`.
struct RulerAnswer {
  private static let maximumMessageLength = 1024

  private let response: HTTPResponse

  init(_ response: HTTPResponse) {
    self.response = response
  }

  var status: Int { response.status }
  var body: [UInt8] { response.body }

  // MARK: What is not there

  /// Whether it says that a tenant, or a namespace of it, has no rules. Any other 404 is somebody else's.
  var saysNoRules: Bool {
    status == 404 && text == "no rule groups found"
  }

  /// Whether it says that there is no such group. Cortex said so with 400 once.
  var saysNoGroup: Bool {
    [400, 404].contains(status) && text == "group does not exist"
  }

  /// Whether it says that what was to be deleted was not there.
  var saysNothingToDelete: Bool {
    status == 404 && ["group does not exist", "group namespace does not exist"].contains(text)
  }

  // MARK: Failures

  /// Why reading did not succeed. A store that fails, and a group that goes while a list is made, are 400.
  var failureOfReading: RulerFailure {
    status == 400 ? failure(.transient) : commonFailure
  }

  /// Why deleting did not succeed.
  var failureOfDeleting: RulerFailure {
    failureOfReading
  }

  /// Why a group was not written.
  var failureOfWriting: RulerFailure {
    switch status {
    case 400: refusal
    case 413, 422: failure(.invalid)
    // The name makes too long a path in the ruler's store.
    case 500 where text.contains("file name too long"): failure(.invalid)
    // A store that is only read from.
    case 500 where text.contains("unsupported in rule"): failure(.misconfigured)
    default: commonFailure
    }
  }

  private var refusal: RulerFailure {
    let text = text
    if text.isEmpty {
      return failure(.invalid, "the ruler gives no reason, as Cortex does where it cannot parse an expression")
    }
    if text.contains("rules per rule group limit") { return failure(.ruleLimit) }
    if text.contains("rule groups limit") { return failure(.groupLimit) }
    // About the tenant, and not about the group.
    if text.contains("no org id") { return failure(.misconfigured) }
    return failure(.invalid)
  }

  private var commonFailure: RulerFailure {
    switch status {
    case 401, 403: failure(.unauthorized)
    case 408, 429, 500...: failure(.transient)
    default: failure(.misconfigured)
    }
  }

  private func failure(_ kind: RulerFailure.Kind, _ message: String? = nil) -> RulerFailure {
    RulerFailure(kind, status: status, message: message ?? words, retryAfter: retryAfter)
  }

  /// The body without the newline at its end.
  private var text: String {
    let bytes = body.last == UInt8(ascii: "\n") ? body.dropLast() : body[...]
    return String(decoding: bytes.prefix(64 << 10), as: UTF8.self)
  }

  /// The beginning of the body, fit for a line of a log.
  private var words: String {
    var text = String(decoding: body.prefix(Self.maximumMessageLength), as: UTF8.self)
      .split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
    text.unicodeScalars.removeAll { $0.properties.generalCategory == .control }
    return text.isEmpty ? "the answer is empty" : text
  }

  /// What is asked for in seconds. A date is not looked at.
  private var retryAfter: Duration? {
    guard let seconds = response.fields["Retry-After"].flatMap({ Int($0) }), 0...86_400 ~= seconds else { return nil }
    return .seconds(seconds)
  }
}

extension RulerFailure {
  /// Why there is no answer.
  init(_ failure: HTTPFailure) {
    switch failure {
    case .timeout, .network, .cancelled: self.init(.transient, message: failure.description)
    case .tooLong: self.init(.misconfigured, message: failure.description)
    }
  }
}
