/// Rule files in which something was changed, for comparing checkers with each other.
package enum RuleFileCorpus {
  private static let sound = [
    """
    groups:
    - name: node.rules
      interval: 1m
      rules:
      - record: instance:node_cpu:rate5m
        expr: sum by (instance) (rate(node_cpu_seconds_total{mode!="idle"}[5m]))
        labels:
          team: infra
      - alert: HighCPU
        expr: |
          instance:node_cpu:rate5m
            / on (instance) group_left ()
          count by (instance) (node_cpu_seconds_total{mode="idle"}) > 0.9
        for: 10m
        keep_firing_for: 5m
        labels:
          severity: page
          "quoted": 'it''s'
        annotations:
          summary: "{{ $labels.instance }} has {{ $value | humanizePercentage }} of \\"CPU\\""
          description: >-
            Folded text of
            {{ $labels.instance }}

            and more.
    - name: other
      limit: 10
      rules:
      - alert: Down
        expr: up == 0

    """,
    """
    # Aliases, merges and flow.
    groups:
      - name: &n "kube"
        rules:
          - &r
            alert: CrashLooping
            annotations: &a
              description: 'Pod {{ $labels.namespace }}/{{ $labels.pod }} is waiting.'
              runbook_url: https://runbooks.example/#x
            expr: |-
              max_over_time(waiting_reason{reason="CrashLoopBackOff", job=~"ksm|x.*"}[5m]) >= 1
            for: 15m
            labels: {severity: warning, a: b}
          - <<: *r
            alert: Two
            annotations: *a
          - {record: "a:b", expr: 'sum(rate(x[5m])) by (job)', labels: {"x": "y"}}
      - name: e
        rules:
          - record: z
            expr: up

    """,
  ]

  private static let pieces = [
    "\t", " ", "  ", "\n", ":", "- ", "'", "\"", "|", ">", "&x ", "*r", "#", " #", "{", "}", "[", "]", ",", "?", "!",
    "!!str ", "%", "@", "`", "\\", "é", "\u{2028}", "\u{1}", "~", "0", "1.5", "<<: ", "{{", "}}", "$x", "(", ")", "\r",
    "=", "==", "^",
  ]

  private static let values = [
    "5", "1.5", "true", "[]", "{}", "[a]", "{a: b}", "|", "'x'", "5m", "!!int 5", "*r", "&q z", "0x1", "2020-01-01",
    "-1",
    "é", "1h30m", "5m1h", ">-", "'{{ $x }}'",
  ]

  /// Files with one or two changes each.
  package static func files(seed: UInt64, count: Int) -> [String] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      var lines = random.pick(sound).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      for _ in 0..<(1 + random.below(2)) { change(&lines, &random) }
      return lines.joined(separator: "\n")
    }
  }

  private static func change(_ lines: inout [String], _ random: inout SplitMix64) {
    let index = random.below(lines.count)
    switch random.below(7) {
    case 0 where lines.count > 1: lines.remove(at: index)
    case 1: lines.insert(random.pick(lines), at: index)
    case 2: lines[index] = random.pick([" ", "  ", "    ", "\t"]) + lines[index]
    case 3: lines[index] = String(lines[index].dropFirst(1 + random.below(2)))
    case 4: lines[index] = lines[index].prefix { $0 != ":" } + ": " + random.pick(values)
    case 5:
      let place = lines[index].index(lines[index].startIndex, offsetBy: random.below(lines[index].count + 1))
      lines[index].insert(contentsOf: random.pick(pieces), at: place)
    default:
      guard !lines[index].isEmpty else { return }
      let place = lines[index].index(lines[index].startIndex, offsetBy: random.below(lines[index].count))
      lines[index].remove(at: place)
    }
  }
}
