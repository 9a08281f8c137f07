import Foundation

/// Tables that were recorded from Go: `Tests/Fixtures/validation/<name>.jsonl`, a JSON object a line.
enum RecordedCases {
  static func load<Case: Decodable>(_ name: String) throws -> [Case] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures/validation")
    let lines = try Data(contentsOf: folder.appending(path: "\(name).jsonl")).split(separator: UInt8(ascii: "\n"))
    let decoder = JSONDecoder()
    return try lines.map { try decoder.decode(Case.self, from: Data($0)) }
  }
}
