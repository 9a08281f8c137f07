internal import Model

/// The rules of a tenant as a ruler lists them: a mapping of namespaces to lists of groups.
struct RulerListing {
  private let reader: any DocumentReader

  init(_ reader: any DocumentReader) {
    self.reader = reader
  }

  /// The groups of a list. `absent` for an empty mapping, with which Mimir says that there are none; an empty text says
  /// nothing.
  func rules(_ body: [UInt8], fingerprint: String) -> RulerReading<RulerRules> {
    do throws(DocumentFault) {
      let document = try document(body)
      guard let namespaces = document.fields else { throw document.unexpected("a mapping") }
      if namespaces.isEmpty { return .absent }
      return .present(RulerRules(namespaces: try Self.groups(namespaces), fingerprint: fingerprint))
    } catch {
      return .unknown(Self.failure(error))
    }
  }

  /// A single group.
  func group(_ body: [UInt8]) -> RulerReading<RuleGroup> {
    do throws(DocumentFault) {
      return .present(try RuleGroup(document: try document(body)))
    } catch {
      return .unknown(Self.failure(error))
    }
  }

  private func document(_ body: [UInt8]) throws(DocumentFault) -> DocumentNode {
    do {
      return try reader.documents(in: GoLiteralIndentation.mended(body)).first ?? .null
    } catch {
      throw DocumentFault(error.description)
    }
  }

  private static func groups(_ namespaces: [DocumentField]) throws(DocumentFault) -> [String: [ResourceGroup]] {
    var result: [String: [ResourceGroup]] = [:]
    for namespace in namespaces {
      do {
        result[namespace.name, default: []] += try namespace.value.itemsOrNone().enumerated().map { index, item in
          ResourceGroup(document: item, at: "\(namespace.name)[\(index)]")
        }
      } catch {
        throw error.within(namespace.name)
      }
    }
    return result
  }

  private static func failure(_ fault: DocumentFault) -> RulerFailure {
    RulerFailure(.misconfigured, status: 200, message: "the answer is not one of a ruler: \(fault)")
  }
}
