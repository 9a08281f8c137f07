internal import Model
internal import NIOCore
internal import NIOHTTP1

/// Puts the handlers of a new connection together.
struct ConnectionPipeline: Sendable {
  let limits: ServerLimits
  let time: any TimeSource
  private let executors = EventLoopExecutors()
  /// Where connections are encrypted.
  let tls: TLSContextStore?
  /// Where calls of gRPC are taken.
  let grpc: GRPCServing?
  let makeHandler: @Sendable (any ConnectionTransport) -> any ConnectionHandler

  /// Sets a channel up whose protocol is not known yet. To be called on the channel's loop.
  func begin(_ channel: any Channel) throws {
    if let tls { return try begin(channel, tls) }
    try detect(on: channel)
  }

  private func begin(_ channel: any Channel, _ tls: TLSContextStore) throws {
    let chooser = TLSProtocolHandler { agreed in
      if let agreed { try install(agreed, on: channel) } else { try detect(on: channel) }
    }
    try channel.pipeline.syncOperations.addHandlers([
      TLSHandler(context: tls.current, metrics: tls.metrics), chooser,
    ])
  }

  private func detect(on channel: any Channel) throws {
    let detector = ProtocolDetector(limits: limits) { try install($0, on: channel) }
    try channel.pipeline.syncOperations.addHandler(detector)
  }

  /// Adds the handlers of a protocol at the end of the pipeline. To be called on the channel's loop.
  func install(_ protocol: ApplicationProtocol, on channel: any Channel) throws {
    switch `protocol` {
    case .http1: try installHTTP1(on: channel)
    case .http2:
      let handler = HTTP2Handler(
        limits: limits, time: time, workExecutor: executors.executor(of: channel.eventLoop), grpc: grpc,
        makeHandler: makeHandler)
      try channel.pipeline.syncOperations.addHandler(handler)
    }
  }

  private func installHTTP1(on channel: any Channel) throws {
    var decoding = NIOHTTPDecoderLimitConfiguration()
    decoding.maxHeaderFieldSize = limits.maximumHeaderBytes
    decoding.maxHeaderListSize = limits.maximumHeaderBytes
    decoding.maxHeaderFieldCount = limits.maximumHeaderFields
    let handler = HTTP1Handler(
      limits: limits, workExecutor: executors.executor(of: channel.eventLoop), makeHandler: makeHandler)
    let decoder = HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: decoding)
    try channel.pipeline.syncOperations.addHandlers([
      FirstByteHandler(handler.bytesArrived),
      HTTPResponseEncoder(),
      ByteToMessageHandler(decoder),
      HTTPServerPipelineHandler(),
      handler,
    ])
  }
}
