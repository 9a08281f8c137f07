import Actors
import Model
import TestSupport

/// Scrapes, and keeps what it is told.
final class FakeScrapeOrigin: ScrapeOrigin {
  private let received = Watched<[RequestID: String]>([:])

  func scrapeFinished(_ id: RequestID, _ exposition: [UInt8]) async {
    received.update { $0[id] = String(decoding: exposition, as: UTF8.self) }
  }

  /// What a scrape brought, as soon as it is there.
  func exposition(_ id: Int) async throws -> String? {
    try await received.wait(for: "scrape \(id)") { $0[RequestID(id)] != nil }[RequestID(id)]
  }
}
