/// Which labels an object must have, in the words of Kubernetes' API: `a=b`, `a!=b`, `a`, `!a`, comma-separated.
struct LabelSelector {
  private let conditions: [Substring]

  init(_ text: String) {
    conditions = text.split(separator: ",")
  }

  func matches(_ labels: [String: String]) -> Bool {
    conditions.allSatisfy { condition in
      if let range = condition.firstRange(of: "!=") {
        return labels[String(condition[..<range.lowerBound])] != String(condition[range.upperBound...])
      }
      if let equals = condition.firstIndex(of: "=") {
        return labels[String(condition[..<equals])] == String(condition[equals...].drop { $0 == "=" })
      }
      if condition.first == "!" { return labels[String(condition.dropFirst())] == nil }
      return labels[String(condition)] != nil
    }
  }
}
