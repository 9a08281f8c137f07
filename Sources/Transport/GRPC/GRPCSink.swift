internal import Model

/// Where the output of calls goes: the connection's handler.
protocol GRPCSink: AnyObject {
  /// Writes on the stream of a request.
  func send(_ outputs: [GRPCOutput], for id: RequestID)
}
