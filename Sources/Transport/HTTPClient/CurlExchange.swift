internal import Model
internal import Synchronization

/// One request on its way, between libcurl's thread and the task that reads the answer.
final class CurlExchange: CurlStreamReceiver {
  private let driver: CurlDriver
  private let time: any TimeSource
  private let intake: Mutex<ResponseIntake<CheckedContinuation<Void, Never>>>

  init(driver: CurlDriver, time: any TimeSource, bufferLimit: Int) {
    self.driver = driver
    self.time = time
    intake = Mutex(ResponseIntake(bufferLimit: bufferLimit))
  }

  // MARK: On libcurl's thread

  func received(headLine: UnsafeRawBufferPointer) -> Bool {
    let line = Array(headLine)
    let (isWanted, woken) = intake.withLock { $0.receive(headLine: line) }
    woken?.resume()
    return isWanted
  }

  func received(body: UnsafeRawBufferPointer) -> CurlAppetite {
    let piece = Array(body)
    let (appetite, woken) = intake.withLock { $0.receive(body: piece) }
    woken?.resume()
    return appetite
  }

  func transferEnded(_ tag: Int, _ result: CurlResult) {
    let failure: HTTPFailure? =
      switch result {
      case .response: nil
      case .timeout: .timeout
      case .failure(let reason): .network(reason)
      case .cancelled: .cancelled
      }
    intake.withLock { $0.end(failure) }.woken?.resume()
  }

  // MARK: In the reader's task

  /// The next part of the answer; `nil` after the last. Cancelling the task ends the request.
  ///
  /// - Parameter limit: how long to wait for it; `nil` leaves that to the request's own time.
  func next(within limit: Duration?) async throws(HTTPFailure) -> HTTPResponsePart? {
    while true {
      switch intake.withLock({ $0.take() }) {
      case .part(let part, let resumes):
        if resumes { driver.resumeTransfers(in: self) }
        return part
      case .end: return nil
      case .failure(let failure): throw failure
      case .nothing: await change(within: limit)
      }
    }
  }

  /// Ends the request, unless it has ended.
  func giveUp(_ reason: HTTPFailure) {
    let (isNews, woken) = intake.withLock { $0.end(reason) }
    if isNews { driver.cancelTransfers(in: self) }
    woken?.resume()
  }

  private func change(within limit: Duration?) async {
    guard let limit else { return await change() }
    let deadline = time.now + limit
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        if (try? await self.time.sleep(until: deadline)) != nil { self.giveUp(.timeout) }
      }
      await change()
      group.cancelAll()
    }
  }

  private func change() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if !intake.withLock({ $0.wait(continuation) }) { continuation.resume() }
      }
    } onCancel: {
      giveUp(.cancelled)
    }
  }
}
