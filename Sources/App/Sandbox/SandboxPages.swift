/// What people read of the sandbox.
enum SandboxPages {
  /// The tenants as a table, a line each.
  static func table(_ tenants: [SandboxTenantSummary]) -> String {
    let head = ["TENANT", "SERIES", "SAMPLES", "LAST WRITE"]
    let rows = tenants.map { [$0.tenant, "\($0.series)", "\($0.samples)", $0.lastWrite ?? "-"] }
    let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
    return ([head] + rows).map { line($0, widths) }.joined()
  }

  /// The name to the left, numbers to the right. Nothing follows the last column.
  private static func line(_ cells: [String], _ widths: [Int]) -> String {
    let fill = zip(cells, widths).map { String(repeating: " ", count: $1 - $0.count) }
    return "\(cells[0])\(fill[0])  \(fill[1])\(cells[1])  \(fill[2])\(cells[2])  \(cells[3])\n"
  }

  /// Cortex' page of its tenants, in brief. A tenant ID holds no character that HTML knows.
  static func statsPage(_ tenants: [SandboxUserStats]) -> String {
    let rows = tenants.map {
      "<tr><td>\($0.userID)</td><td align='right'>\($0.numSeries)</td><td align='right'>\($0.ingestionRate)</td></tr>\n"
    }
    return """
      <!DOCTYPE html>
      <html>
      <head><meta charset="UTF-8"><title>Cortex Ingester Stats</title></head>
      <body>
      <h1>Cortex Ingester Stats</h1>
      <p>This is a sandbox, not Cortex.</p>
      <table border="1">
      <tr><th>User</th><th># Series</th><th>Total Ingest Rate</th></tr>
      \(rows.joined())</table>
      </body>
      </html>

      """
  }
}
