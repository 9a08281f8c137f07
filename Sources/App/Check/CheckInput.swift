import FoundationEssentials
import Model
import Transport

/// A text that `openmmt check` is to look at.
struct CheckInput {
  /// The greatest length of a file, in bytes.
  static let maximumLength = 256 << 20

  /// The file as it was named or found; `-` for standard input.
  let name: String
  let text: [UInt8]
  /// Whether it was found in a directory and not named: there, what is no rules is passed over.
  let wasFound: Bool

  /// Reads what the paths name: files, all files of directories that end in `.yaml`, `.yml` or `.json`, and standard
  /// input for `-`.
  ///
  /// - Throws: `UsageError` for the first that cannot be read.
  static func read(_ paths: [String]) throws -> [CheckInput] {
    try paths.flatMap { path in
      if path == "-" { return [CheckInput(name: path, text: try standardInput(), wasFound: false)] }
      var isDirectory = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
        throw UsageError("\(path): no such file or directory")
      }
      guard isDirectory else { return [CheckInput(name: path, text: try file(path), wasFound: false)] }
      let names = try files(in: path)
      guard !names.isEmpty else { throw UsageError("\(path): no file in it ends in .yaml, .yml or .json") }
      return try names.map { CheckInput(name: $0, text: try file($0), wasFound: true) }
    }
  }

  private static func standardInput() throws -> [UInt8] {
    do {
      return try StandardStream.readInput(limit: maximumLength)
    } catch {
      throw UsageError("\(error)")
    }
  }

  private static func file(_ path: String) throws -> [UInt8] {
    do {
      return try SmallFile.bytes(of: path, limit: maximumLength)
    } catch {
      throw UsageError("\(error)")
    }
  }

  /// In the order of their names. Hidden files and directories are left out, such as those that Kubernetes mounts
  /// ConfigMaps with.
  private static func files(in directory: String) throws -> [String] {
    guard let names = try? FileManager.default.subpathsOfDirectory(atPath: directory) else {
      throw UsageError("\(directory): cannot be read")
    }
    let prefix = directory.hasSuffix("/") ? directory : directory + "/"
    let isHidden = { (name: String) in name.split(separator: "/").contains { $0.hasPrefix(".") } }
    return names.filter { name in [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) } && !isHidden(name) }
      .map { prefix + $0 }.sorted()
  }
}
