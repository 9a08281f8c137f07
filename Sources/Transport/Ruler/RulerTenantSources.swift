internal import Model

/// The names of tenants in what rulers and distributors answer.
enum RulerTenantSources {
  /// Cortex' `/ruler/rule_groups`: a mapping of tenants to what is of no interest here.
  static func ruleGroups(_ body: [UInt8], limits: YAMLLimits) throws(DocumentFault) -> [String] {
    do {
      return try YAMLReader(limits: limits).keys(in: body)
    } catch {
      throw DocumentFault(error.description)
    }
  }

  /// Mimir's `/ruler/tenants` in JSON, which leaves the list out where it is empty.
  static func ruleTenants(_ body: [UInt8]) throws(DocumentFault) -> [String] {
    let document = try json(body)
    guard document["tenants"] != nil || document["now"] != nil else {
      throw document.unexpected("a mapping with tenants")
    }
    return try (document["tenants"] ?? .null).itemsOrNone().compactMap(\.text)
  }

  /// Cortex' and Mimir's `/distributor/all_user_stats` in JSON.
  static func userStats(_ body: [UInt8]) throws(DocumentFault) -> [String] {
    try json(body).itemsOrNone().compactMap { $0["userID"]?.text }
  }

  private static func json(_ body: [UInt8]) throws(DocumentFault) -> DocumentNode {
    do {
      return try JSONReader.read(body)
    } catch {
      throw DocumentFault(error.description)
    }
  }
}
