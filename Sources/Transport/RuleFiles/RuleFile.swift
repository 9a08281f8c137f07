import Model

/// What a file of a ``RuleDirectory`` holds.
struct RuleFile: Sendable, Equatable {
  /// What the file looked like before it was read.
  let stamp: FileStamp?
  let rules: [OpenMetricsRule]
  /// What is no resource, with the file's name.
  let faults: [String]
  /// Tells two states of the file apart.
  private let version: String

  static func == (left: RuleFile, right: RuleFile) -> Bool {
    left.version == right.version && left.faults == right.faults
  }

  /// Reads a file.
  ///
  /// - Parameter stamp: as it looks now: what changes in the meantime is noticed next time.
  init(_ name: String, in directory: String, stamp: FileStamp?, reader: any DocumentReader) {
    self.stamp = stamp
    var rules: [OpenMetricsRule] = []
    var faults: [String] = []
    var version = ""
    do {
      let text = try SmallFile.read("\(directory)/\(name)")
      version = Base64.encode(Digest.sha256(Array(text.utf8)))
      let isOurs = ImportedFile.isUntouched(text)
      for document in try reader.documents(in: Array(text.utf8)) where !document.isNull {
        do {
          var rule = try OpenMetricsRule(document: document)
          rule.resourceVersion = version
          rule.isWhollyOurs = isOurs && name == ImportedFile.name(of: rule.id)
          rules.append(rule)
        } catch {
          faults.append("\(name): \(Self.place(error.position))\(error)")
        }
      }
    } catch {
      faults.append(error is SmallFileError ? "\(error)" : "\(name): \(error)")
    }
    self.rules = rules
    self.faults = faults
    self.version = version
  }

  private static func place(_ position: SourcePosition?) -> String {
    position.map { "line \($0.line): " } ?? ""
  }
}
