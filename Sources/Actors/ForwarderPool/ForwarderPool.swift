package import Logging
package import Model

/// Takes loads from its mailbox, splits them by tenant, delivers the parts, and tells each load's
/// origin what became of it.
///
/// A load is answered when the upstream has it, or when it is clear that it will not get it in time:
/// nothing is queued beyond that, since the sender's own queue is the durable one.
package actor ForwarderPool {
  /// Where loads are handed in.
  package nonisolated let mailbox: Mailbox<Load>

  private nonisolated let configuration: ForwarderConfiguration
  private nonisolated let routing: RoutingTableCell
  private nonisolated let lanes: LoadLanes
  private nonisolated let splitters: SplitterPool
  private nonisolated let environment: DeliveryEnvironment
  private nonisolated let metrics: ProxyMetrics
  private nonisolated let refusals: RefusalLog

  /// - Parameters:
  ///   - mailbox: bounds the loads that are waiting or in work.
  ///   - lanes: shorter ways for some of the loads.
  ///   - random: numbers in 0 ..< 1 that spread the retries.
  package init(
    configuration: ForwarderConfiguration, mailbox: Mailbox<Load>, lanes: LoadLanes,
    routing: RoutingTableCell, upstream: any UpstreamTransport, compression: any BlockCompression,
    metrics: ProxyMetrics, time: any TimeSource, logger: Logger,
    random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
  ) {
    self.configuration = configuration
    self.mailbox = mailbox
    self.lanes = lanes
    self.routing = routing
    self.metrics = metrics
    splitters = SplitterPool(compression: compression, replicaLabels: configuration.replicaLabels)
    refusals = RefusalLog(logger: logger, time: time)
    environment = DeliveryEnvironment(
      upstream: upstream, parallelism: configuration.maximumParallelRequestsPerLoad,
      retries: configuration.retries, time: time, random: random, metrics: metrics)
  }

  /// Works until the mailbox is closed and the last load is done. Where the task is cancelled, the
  /// loads in work are given up, and their origins told.
  package func run() async {
    await withDiscardingTaskGroup { loads in
      for await load in mailbox.messages {
        if let lane = lanes.open(load.origin.workExecutor) {
          loads.addTask(executorPreference: lane.executor) { await self.serve(lane) }
        }
        loads.addTask { await self.forward(load) }
      }
      lanes.close()
    }
  }

  /// Works on the loads of a lane, on its thread.
  @concurrent
  private nonisolated func serve(_ lane: LoadLane) async {
    await withDiscardingTaskGroup { loads in
      for await load in lane.loads {
        loads.addTask { await self.forward(load) }
      }
    }
  }

  @concurrent
  private nonisolated func forward(_ load: Load) async {
    let answer = await answer(to: load)
    await load.origin.loadFinished(load.id, answer)
    mailbox.release()
  }

  private nonisolated func answer(to load: Load) async -> LoadAnswer {
    let split: SplitLoad
    do {
      split = try self.split(load)
    } catch .noRoom(let bytes) {
      return load.reservation.couldEverGrow(by: bytes)
        ? .unavailable(LoadError.noRoom(bytes: bytes).description)
        : LoadAnswer(status: 400, message: "the load needs more than all bytes that may be in flight")
    } catch {
      return LoadAnswer(status: 400, message: error.description)
    }
    load.reservation.shrink(to: load.body.count + bytesToSend(split, of: load))
    record(split)
    guard !split.portions.isEmpty else { return .success }
    let delivery = Delivery(
      split.portions, retryAttempt: load.retryAttempt,
      deadline: load.received + configuration.forwardTimeout, in: environment)
    let outcome = await delivery.run()
    record(outcome, of: split)
    return outcome.answer
  }

  private nonisolated func split(_ load: Load) throws(LoadError) -> SplitLoad {
    let began = environment.time.now
    defer { lanes.split(load, took: environment.time.now - began) }
    return try splitters.withSplitter { splitter throws(LoadError) in
      try splitter.split(
        load.body, encoding: load.encoding, by: routing.current,
        decompressedLimit: configuration.decompressedLengthLimit, reserve: load.reservation.grow)
    }
  }

  /// What the requests hold beside the load itself. Default tenants share one body, and a body that
  /// goes out as it came is the load's own.
  private nonisolated func bytesToSend(_ split: SplitLoad, of load: Load) -> Int {
    var distinct: [ObjectIdentifier: Int] = [:]
    for portion in split.portions where portion.body !== load.body {
      distinct[ObjectIdentifier(portion.body)] = portion.body.count
    }
    return distinct.values.reduce(0, +)
  }

  private nonisolated func record(_ split: SplitLoad) {
    metrics.countSplit(split)
    for refusal in split.refusals { refusals.note(refusal) }
  }

  private nonisolated func record(_ outcome: LoadOutcome, of split: SplitLoad) {
    for (tenant, portion) in zip(outcome.tenants, split.portions) {
      metrics.countOutcome(tenant, portion.contents)
      refusals.note(tenant)
    }
  }
}
