internal import Model

extension KubernetesClient {
  /// Watches the resources of a kind until the watch ends.
  ///
  /// - Parameters:
  ///   - namespace: `nil` for all.
  ///   - selector: the labels that count; empty for any.
  ///   - version: the moment from which on events are told.
  ///   - seconds: how long the server is to watch.
  ///   - handle: takes the events that came together, in order. What it throws ends the watch as unreadable.
  func watch(
    _ resource: ResourceKind, in namespace: String?, selector: String = "", from version: String, seconds: Int,
    _ handle: ([WatchEvent]) throws(DocumentError) -> Void
  ) async -> WatchEnding {
    var call = KubernetesCall(.watch, resource, in: namespace)
    call.query = [
      ("watch", "1"), ("allowWatchBookmarks", "true"), ("resourceVersion", version), ("timeoutSeconds", "\(seconds)"),
    ]
    call.query += Self.selecting(selector)
    do throws(KubernetesFailure) {
      return await read(try await stream(call).body, call, handle)
    } catch {
      return error.kind == .network ? .broken(error.message) : .failed(error)
    }
  }

  private func read(
    _ body: AsyncThrowingStream<[UInt8], any Error>, _ call: KubernetesCall,
    _ handle: ([WatchEvent]) throws(DocumentError) -> Void
  ) async -> WatchEnding {
    var lines = WatchLines(limit: limits.eventLimit)
    do {
      for try await piece in body {
        if let failure = try take(try lines.append(piece), handle) {
          return .failed(KubernetesFailure(failure, to: call))
        }
      }
      // A last line needs no end, but it has to be whole.
      guard lines.rest.isEmpty || (try? JSONReader.read(lines.rest)) != nil else {
        return .broken("\(call.summary): the answer ended within an event")
      }
      let failure = try take(lines.rest.isEmpty ? [] : [lines.rest], handle)
      return failure.map { .failed(KubernetesFailure($0, to: call)) } ?? .closed
    } catch let error as DocumentError {
      return .unreadable("\(call.summary): \(error.message)")
    } catch {
      return .broken("\(call.summary): \(error)")
    }
  }

  /// Hands events over up to one that ends the watch.
  ///
  /// - Returns: why it ends.
  private func take(
    _ lines: [[UInt8]], _ handle: ([WatchEvent]) throws(DocumentError) -> Void
  ) throws(DocumentError) -> KubernetesStatus? {
    var events: [WatchEvent] = []
    var failure: KubernetesStatus?
    for line in lines {
      let event = try WatchEvent(line: line)
      if case .error(let status) = event {
        failure = status
        break
      }
      events.append(event)
    }
    if !events.isEmpty { try handle(events) }
    return failure
  }
}
