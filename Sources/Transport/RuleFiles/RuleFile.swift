import Model

/// What a file of a ``RuleDirectory`` holds.
struct RuleFile: Sendable, Equatable {
  /// The resources in it. While something in it is no resource, those from before stay that are not in it now: they may
  /// be what cannot be read.
  let rules: [OpenMetricsRule]
  /// What is no resource, with the file's name.
  let faults: [String]
  /// Tells two states of the file apart; empty where it cannot be read.
  let version: String

  /// Whether there was anything to make out.
  var isRead: Bool { !version.isEmpty }

  static func == (left: RuleFile, right: RuleFile) -> Bool {
    left.version == right.version && left.faults == right.faults
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - previous: what it held before.
  ///   - text: reads it.
  init(
    _ name: RuleFileName, after previous: RuleFile?, reader: any DocumentReader,
    text: () throws(SmallFileError) -> String
  ) {
    var contents = Contents(name: name)
    do {
      contents.read(try text(), reader)
    } catch {
      contents.faults.append("\(error)")
    }
    if !contents.faults.isEmpty { contents.keep(previous?.rules ?? []) }
    rules = contents.rules
    faults = contents.faults
    version = contents.version
  }

  private struct Contents {
    let name: RuleFileName
    var rules: [OpenMetricsRule] = []
    var faults: [String] = []
    var version = ""

    init(name: RuleFileName) {
      self.name = name
    }

    mutating func read(_ text: String, _ reader: any DocumentReader) {
      let bytes = Array(text.utf8)
      version = Base64.encode(Digest.sha256(bytes))
      let isOurs = ImportedFile.isUntouched(text)
      do {
        for document in try reader.documents(in: bytes) where !document.isNull { read(document, isOurs: isOurs) }
      } catch {
        faults.append("\(name): \(error)")
      }
    }

    private mutating func read(_ document: DocumentNode, isOurs: Bool) {
      do {
        var rule = try OpenMetricsRule(document: document)
        rule.resourceVersion = version
        rule.isWhollyOurs = isOurs && name == RuleFileName(ImportedFile.name(of: rule.id))
        rules.append(rule)
      } catch {
        let place = error.position.map { "line \($0.line): " } ?? ""
        faults.append("\(name): \(place)\(error)")
      }
    }

    /// Adds resources as they were, which nobody may change until the file is in order again.
    mutating func keep(_ previous: [OpenMetricsRule]) {
      let ids = Set(rules.map(\.id))
      for var rule in previous where !ids.contains(rule.id) {
        rule.isWhollyOurs = false
        rules.append(rule)
      }
    }
  }
}
