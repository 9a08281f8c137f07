package import Model

/// How a ``CortexRulerClient`` reaches the ruler and the distributor.
package struct RulerClientConfiguration: Sendable {
  /// The URL that the ruler's API is under, with or without a slash at its end.
  package var rulerURL: String
  /// The URL that the distributor's API is under, with or without a slash at its end.
  package var distributorURL: String
  /// Whose paths they have.
  package var dialect: RulerDialect
  /// Go out with every request.
  package var fields: HeaderFields
  /// What is said of permission with every request.
  package var authorization: UpstreamAuthorization?
  /// How long a request may take in all, connecting included.
  package var timeout: Duration
  /// What an answer may take; its length is a limit for the network, too.
  package var limits: YAMLLimits

  package init(
    rulerURL: String, distributorURL: String, dialect: RulerDialect = .cortex, fields: HeaderFields = [:],
    authorization: UpstreamAuthorization? = nil, timeout: Duration = .seconds(30), limits: YAMLLimits = YAMLLimits()
  ) {
    self.rulerURL = rulerURL
    self.distributorURL = distributorURL
    self.dialect = dialect
    self.fields = fields
    self.authorization = authorization
    self.timeout = timeout
    self.limits = limits
  }
}
