import Model
import TestSupport

/// Splits bodies that are not compressed yet, and reads what came out.
enum Splitting {
  /// The block of a body.
  static func block(_ body: [UInt8]) -> SharedBytes {
    var output = ByteBuilder()
    LiteralSnappy().compress(body.span.bytes, into: &output)
    return output.freeze()
  }

  /// The body of a block.
  static func body(_ block: SharedBytes) throws -> [UInt8] {
    var output = ByteBuilder()
    try LiteralSnappy().decompress(block.bytes, into: &output)
    return output.freeze().array
  }

  static func split(
    _ load: SharedBytes, encoding: BodyEncoding = .snappyBlock, by table: RoutingTable, limit: Int = 1 << 30,
    reserve: (Int) -> Bool = { _ in true }
  ) throws(LoadError) -> SplitLoad {
    var splitter = LoadSplitter(compression: LiteralSnappy())
    return try splitter.split(load, encoding: encoding, by: table, decompressedLimit: limit, reserve: reserve)
  }

  /// The table of a policy that sends by the label `tenant_id`, without defaults and limits.
  static let byTenantID = RoutingTable(policy: TenancyPolicy())

  /// What is wrong with a body.
  static func fault(in body: [UInt8]) -> WireFault? {
    do {
      _ = try split(block(body), by: byTenantID)
      return nil
    } catch .malformed(let fault) {
      return fault
    } catch {
      return nil
    }
  }
}
