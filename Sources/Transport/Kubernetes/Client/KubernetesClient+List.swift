internal import Model

extension KubernetesClient {
  /// All resources of a kind, as they are now in the store behind the server. Either all of them, or a failure.
  ///
  /// - Parameters:
  ///   - namespace: `nil` for all.
  ///   - selector: the labels that count, as Kubernetes writes selectors; empty for any.
  ///   - read: reads one; what it throws becomes one of the listing's faults.
  func list<Item>(
    _ resource: ResourceKind, in namespace: String?, selector: String = "",
    _ read: (DocumentNode) throws(DocumentFault) -> (ResourceID, Item)
  ) async throws(KubernetesFailure) -> ResourceListing<Item> {
    var call = KubernetesCall(.list, resource, in: namespace)
    var listing = ResourceListing<Item>()
    var token = ""
    var room = limits.listLimit
    var isLast = false
    while !isLast {
      let former = token
      call.query = [("limit", "\(limits.pageLength)")] + (token.isEmpty ? [] : [("continue", token)])
      call.query += Self.selecting(selector)
      do throws(KubernetesFailure) {
        token = try await page(call, limit: min(limits.pageLimit, room), &room, &listing, read)
      } catch  where error.kind == .gone && !token.isEmpty {
        // The moment of which the first pages were is too long ago. All of it in one piece has no such moment.
        call.query = Self.selecting(selector)
        listing = ResourceListing()
        room = limits.listLimit
        token = try await page(call, limit: room, &room, &listing, read)
      }
      // Else a server that does not go on would be asked for the same page until the list is too long.
      guard token.isEmpty || token != former else {
        throw KubernetesFailure(.unreadable, "\(call.summary): the answer says to continue where it has begun")
      }
      isLast = token.isEmpty
    }
    return listing
  }

  /// Adds a page to the listing.
  ///
  /// - Returns: where the next one begins; empty after the last.
  private func page<Item>(
    _ call: KubernetesCall, limit: Int, _ room: inout Int, _ listing: inout ResourceListing<Item>,
    _ read: (DocumentNode) throws(DocumentFault) -> (ResourceID, Item)
  ) async throws(KubernetesFailure) -> String {
    let body = try await perform(call, responseLimit: limit).body
    room -= body.count
    let document = try self.read(body, call)
    guard let metadata = document["metadata"], let version = metadata["resourceVersion"]?.text else {
      throw KubernetesFailure(.unreadable, "\(call.summary): the answer is no list")
    }
    do throws(DocumentFault) {
      for item in try (document["items"] ?? .null).itemsOrNone() { add(item, to: &listing, read) }
    } catch {
      throw KubernetesFailure(.unreadable, "\(call.summary): \(error.within("items"))")
    }
    listing.version = version
    return metadata["continue"]?.text ?? ""
  }

  private func add<Item>(
    _ document: DocumentNode, to listing: inout ResourceListing<Item>,
    _ read: (DocumentNode) throws(DocumentFault) -> (ResourceID, Item)
  ) {
    do {
      let (id, item) = try read(document)
      listing.items[id] = item
    } catch {
      listing.faults.append("\(error)")
    }
  }

  static func selecting(_ selector: String) -> [(name: String, value: String)] {
    selector.isEmpty ? [] : [("labelSelector", selector)]
  }
}
