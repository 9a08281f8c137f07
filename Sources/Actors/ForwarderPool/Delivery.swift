import Model
import Synchronization

/// Carries out the delivery of one load: sends what the state machine says, and reports back to it.
///
/// Answers arrive on the transport's thread and go straight into the state machine; the task that
/// waits for the load is woken only for a retry and for the end, not once a tenant.
final class Delivery: UpstreamReceiver {
  private let portions: [TenantPortion]
  private let retryAttempt: String?
  private let environment: DeliveryEnvironment
  private let machine: Mutex<DeliveryStateMachine>
  private let sendTimes: Mutex<[MonotonicTime]>
  private let events = DeliveryEvents()

  init(_ portions: [TenantPortion], retryAttempt: String?, deadline: MonotonicTime, in environment: DeliveryEnvironment)
  {
    self.portions = portions
    self.retryAttempt = retryAttempt
    self.environment = environment
    machine = Mutex(
      DeliveryStateMachine(
        count: portions.count, parallelism: environment.parallelism, deadline: deadline,
        retries: environment.retries))
    sendTimes = Mutex(Array(repeating: MonotonicTime(nanoseconds: 0), count: portions.count))
  }

  /// Delivers the load. Where the task is cancelled, what is on its way is given up; this still returns
  /// only when the transport has said so of every request.
  func run() async -> LoadOutcome {
    await withTaskCancellationHandler {
      perform(machine.withLock { $0.start(now: environment.time.now) })
      await withDiscardingTaskGroup { group in
        while let pauses = await events.next() {
          for pause in pauses { group.addTask { await self.wait(for: pause) } }
        }
      }
    } onCancel: {
      perform(machine.withLock { $0.cancel() })
      environment.upstream.cancelRequests(of: self)
    }
    let results = machine.withLock { $0.results }
    return LoadOutcome(
      tenants: zip(portions, results).map { portion, result in
        TenantOutcome(tenant: portion.tenant, isDefault: portion.isDefault, result: result)
      })
  }

  func completed(_ index: Int, _ result: UpstreamResult) {
    let now = environment.time.now
    let sent = sendTimes.withLock { $0[index] }
    environment.metrics.countUpstream(result)
    environment.metrics.upstreamRequestSeconds.observe((now - sent).inSeconds)
    perform(machine.withLock { $0.completed(index, result, now: now, random: environment.random()) })
  }

  private func wait(for pause: DeliveryStateMachine.Actions.Pause) async {
    do {
      try await environment.time.sleep(until: pause.until)
    } catch {
      // The load is given up, which ends its pauses, but perhaps a moment later: nothing may be sent now.
      return
    }
    perform(machine.withLock { $0.pauseEnded(pause.index, now: environment.time.now) })
  }

  private func perform(_ actions: DeliveryStateMachine.Actions) {
    if !actions.sends.isEmpty { send(actions.sends) }
    if !actions.pauses.isEmpty { events.add(actions.pauses) }
    if actions.isFinished { events.end() }
  }

  private func send(_ sends: [DeliveryStateMachine.Actions.Send]) {
    let now = environment.time.now
    sendTimes.withLock { times in
      for send in sends { times[send.index] = now }
    }
    let requests = sends.map { send in
      let portion = portions[send.index]
      environment.metrics.requests.with(portion.tenant.name).increment()
      if send.isRetry { environment.metrics.upstreamRetries.increment() }
      environment.metrics.forwardedBytes.increment(by: portion.body.count)
      return UpstreamRequest(
        index: send.index, tenant: portion.tenant, body: portion.body, retryAttempt: retryAttempt,
        timeout: send.timeout, isRetry: send.isRetry, replica: portion.replica)
    }
    environment.upstream.send(requests, reportingTo: self)
    // A load that was given up since it was decided to send these had nothing to give up yet.
    if machine.withLock({ $0.isCancelled }) { environment.upstream.cancelRequests(of: self) }
  }
}
