import Model
import Transport

/// A node without its positions, to be compared.
indirect enum YAMLShape: Equatable {
  case scalar(String, ScalarStyle)
  case sequence([YAMLShape])
  case mapping([String], [YAMLShape])
}

func shape(_ node: DocumentNode) -> YAMLShape {
  switch node.content {
  case .scalar(let text, let style): .scalar(text, style)
  case .sequence(let items): .sequence(items.map(shape))
  case .mapping(let fields): .mapping(fields.map(\.name), fields.map { shape($0.value) })
  }
}

/// A node on one line, without quotes.
func flow(_ node: DocumentNode) -> String {
  switch node.content {
  case .scalar(let text, _): text
  case .sequence(let items): "[" + items.map(flow).joined(separator: ", ") + "]"
  case .mapping(let fields): "{" + fields.map { "\($0.name): \(flow($0.value))" }.joined(separator: ", ") + "}"
  }
}

func read(_ text: String, limits: YAMLLimits = YAMLLimits()) throws(DocumentError) -> [DocumentNode] {
  try YAMLReader(limits: limits).documents(in: Array(text.utf8))
}
