import Model

extension UpstreamResult {
  /// The answer, where there is one.
  var response: UpstreamResponse? {
    guard case .response(let response) = self else { return nil }
    return response
  }

  /// What the network layer had to say, where the network failed.
  var networkFailure: String? {
    guard case .failure(.network(let reason)) = self else { return nil }
    return reason
  }
}
