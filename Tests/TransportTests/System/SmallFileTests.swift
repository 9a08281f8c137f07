import Foundation
import TestSupport
import Testing

@testable import Transport

@Suite struct SmallFileTests {
  private func file(_ bytes: [UInt8]) throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try Data(bytes).write(to: URL(fileURLWithPath: "\(directory.path)/file"))
    return directory
  }

  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 200_000])
  func allOfAFileIsRead(length: Int) throws {
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
    let directory = try file(bytes)
    #expect(try SmallFile.bytes(of: "\(directory.path)/file", limit: max(1, length)) == bytes)
  }

  @Test(arguments: [11, 70_000])
  func aLargerFileIsRefused(length: Int) throws {
    let directory = try file([UInt8](repeating: 1, count: length))
    let path = "\(directory.path)/file"
    let error = #expect(throws: SmallFileError.self) { try SmallFile.bytes(of: path, limit: length - 1) }
    #expect(error?.description == "\(path): larger than \(length - 1) bytes")
  }

  @Test func whatIsNoTextIsNotReadAsText() throws {
    let directory = try file([0x61, 0xFF])
    let path = "\(directory.path)/file"
    let error = #expect(throws: SmallFileError.self) { try SmallFile.read(path) }
    #expect(error?.description == "\(path): is not UTF-8")
  }

  @Test(arguments: [("", "Is a directory"), ("/nothing", "No such file or directory")])
  func whyAFileCannotBeReadIsSaid(name: String, reason: String) throws {
    let directory = try file([])
    let path = directory.path + name
    let error = #expect(throws: SmallFileError.self) { try SmallFile.bytes(of: path, limit: 10) }
    #expect(error?.description == "\(path): \(reason)")
  }
}
