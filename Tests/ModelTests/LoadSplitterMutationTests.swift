import TestSupport
import Testing

@testable import Model

/// Damaged bodies: they are refused as a whole, or what comes out is still what the reference chooses.
// Serialized: one long computation at a time leaves the threads to the tests that wait for something.
@Suite(.serialized) struct LoadSplitterMutationTests {
  /// What became of a number of damaged bodies.
  private struct Outcome {
    var refused = 0
    var taken = 0
    /// Taken by the splitter only: see ``isStrictness(_:)``.
    var strict = 0
  }

  @Test(arguments: [UInt64](0..<120))
  func aDamagedBodyIsRefusedOrRoutedAsItStands(seed: UInt64) throws {
    let oracle = try OracleCase(seed: 50_000 + seed)
    var mutation = Mutation(random: SplitMix64(seed: seed))
    var outcome = Outcome()
    for step in 0..<80 {
      let encoding = BodyEncoding.allCases[step % 2]
      try check(mutation.damaged(oracle.body), encoding, oracle, &outcome, "seed \(seed), step \(step)")
    }
    #expect(outcome.refused + outcome.taken + outcome.strict == 80, "seed \(seed)")
  }

  private func check(
    _ body: [UInt8], _ encoding: BodyEncoding, _ oracle: OracleCase, _ outcome: inout Outcome, _ step: Comment
  ) throws {
    let load = encoding == .snappyBlock ? Splitting.block(body) : SharedBytes(body)
    let result: SplitLoad
    do {
      result = try Splitting.split(load, encoding: encoding, by: oracle.table)
    } catch {
      outcome.refused += 1
      try expectPlausible(error, body, step)
      return
    }
    guard let decoded = try? Prometheus_WriteRequest(decoding: body) else {
      outcome.strict += 1
      #expect(try isStrictness(body), step)
      return
    }
    outcome.taken += 1
    try expectSame(result, ReferenceRouter(decoded, by: oracle.rules), step)
  }

  private func expectPlausible(_ error: LoadError, _ body: [UInt8], _ step: Comment) throws {
    guard case .malformed(let fault) = error else {
      Issue.record("\(error), \(step)")
      return
    }
    #expect(0...body.count ~= fault.offset, step)
  }

  private func expectSame(_ result: SplitLoad, _ reference: ReferenceRouter, _ step: Comment) throws {
    #expect(result.portions.map(\.tenant.name) == reference.shares.map(\.tenant), step)
    #expect(result.unroutedSeries == reference.dropped, step)
    for (portion, share) in zip(result.portions, reference.shares) {
      let decoded = try Prometheus_WriteRequest(decoding: Splitting.body(portion.body))
      #expect(try decoded.encoded() == share.request.encoded(), step)
    }
  }

  /// Where SwiftProtobuf reads less than the splitter takes. The splitter is right for Cortex, whose
  /// library is as lenient:
  /// - text that is no UTF-8 (Cortex' label names and values are bytes);
  /// - a tag in more bytes than five, those at the end needless.
  private func isStrictness(_ body: [UInt8]) throws -> Bool {
    try Prometheus_WriteRequest.hasInvalidText(body) || hasLongTag(body, 0..<body.count, .writeRequest)
  }

  private func hasLongTag(_ body: [UInt8], _ range: Range<Int>, _ kind: MessageKind) throws -> Bool {
    var reader = WireReader(body.span, from: range.lowerBound, to: range.upperBound, message: "Test")
    while !reader.isAtEnd {
      let tag = try reader.tag()
      if reader.position - tag.offset > 5 { return true }
      guard tag.wireType == .lengthDelimited else {
        try reader.skipValue(of: tag)
        continue
      }
      let value = try reader.delimited()
      if let inner = kind.message(in: tag.field), try hasLongTag(body, value, inner) { return true }
    }
    return false
  }

  // MARK: Cuts

  /// A body may end between two records; anywhere else it is cut short, and is known to be.
  @Test(arguments: [UInt64](0..<12))
  func everyCutInsideOfARecordIsFound(seed: UInt64) throws {
    let oracle = try OracleCase(seed: 70_000 + seed)
    var ends: [Int] = [0]
    for record in oracle.wire.records { ends.append(ends[ends.count - 1] + record.bytes.count) }
    for length in 0...oracle.body.count {
      let fault = Splitting.fault(in: Array(oracle.body[..<length]))
      guard !ends.contains(length) else {
        #expect(fault == nil, "seed \(seed), length \(length)")
        continue
      }
      #expect(fault?.reason == .truncated, "seed \(seed), length \(length)")
      #expect(fault?.message == "WriteRequest", "seed \(seed), length \(length)")
      #expect(ends.last { $0 < length } ?? 0 <= fault?.offset ?? -1, "seed \(seed), length \(length)")
      #expect(fault?.offset ?? .max <= length, "seed \(seed), length \(length)")
    }
  }
}
