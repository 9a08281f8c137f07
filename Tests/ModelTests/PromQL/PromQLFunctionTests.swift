import Model
import Testing

/// Every function of every dialect: how many arguments it takes, and of which types.
@Suite struct PromQLFunctionTests {
  /// A line a function: its name, what it takes, what it yields. `V` is a vector, `M` a range vector, `S` a scalar,
  /// `T` a string; `?` stands behind a last one that may be missing, `?9` behind one that may come up to 9 times, and
  /// `*` behind one that may come any number of times.
  private static let common = """
    abs V V
    absent V V
    absent_over_time M V
    acos V V
    acosh V V
    asin V V
    asinh V V
    atan V V
    atanh V V
    avg_over_time M V
    ceil V V
    changes M V
    clamp VSS V
    clamp_max VS V
    clamp_min VS V
    cos V V
    cosh V V
    count_over_time M V
    day_of_month V? V
    day_of_week V? V
    day_of_year V? V
    days_in_month V? V
    deg V V
    delta M V
    deriv M V
    double_exponential_smoothing MSS V experimental
    exp V V
    floor V V
    histogram_avg V V
    histogram_count V V
    histogram_fraction SSV V
    histogram_quantile SV V
    histogram_stddev V V
    histogram_stdvar V V
    histogram_sum V V
    hour V? V
    idelta M V
    increase M V
    info VV? V experimental
    irate M V
    label_join VTTT* V
    label_replace VTTTT V
    last_over_time M V
    ln V V
    log10 V V
    log2 V V
    mad_over_time M V experimental
    max_over_time M V
    min_over_time M V
    minute V? V
    month V? V
    pi - S
    predict_linear MS V
    present_over_time M V
    quantile_over_time SM V
    rad V V
    rate M V
    resets M V
    round VS? V
    scalar V S
    sgn V V
    sin V V
    sinh V V
    sort V V
    sort_by_label VT* V experimental
    sort_by_label_desc VT* V experimental
    sort_desc V V
    sqrt V V
    stddev_over_time M V
    stdvar_over_time M V
    sum_over_time M V
    tan V V
    tanh V V
    time - S
    timestamp V V
    ts_of_first_over_time M V experimental
    ts_of_last_over_time M V experimental
    ts_of_max_over_time M V experimental
    ts_of_min_over_time M V experimental
    vector S V
    year V? V
    """

  private static let late = """
    end - S experimental
    first_over_time M V
    histogram_quantiles VTSS?9 V experimental
    max_of SS S experimental
    min_of SS S experimental
    range - S experimental
    start - S experimental
    start_timestamp V V experimental
    step - S experimental
    """

  private static let cortex = """
    first_over_time M V experimental
    holt_winters MSS V
    xdelta M V
    xincrease M V
    xrate M V
    """

  private static func lines(_ dialect: PromQLDialect) -> [String] {
    switch dialect {
    case .cortex: common.split(separator: "\n").map(String.init) + cortex.split(separator: "\n").map(String.init)
    case .mimir:
      common.split(separator: "\n").map(String.init) + late.split(separator: "\n").map(String.init)
        + ["holt_winters MSS V"]
    case .prometheus: common.split(separator: "\n").map(String.init) + late.split(separator: "\n").map(String.init)
    }
  }

  @Test(arguments: PromQLDialect.allCases)
  func theTableIsComplete(dialect: PromQLDialect) {
    let names = Self.lines(dialect).map { String($0.prefix { $0 != " " }) }
    #expect(Set(PromQLFunctions.all(in: dialect).keys) == Set(names))
    #expect(Set(names).count == names.count)
    #expect(PromQLFunctions.all(in: dialect).allSatisfy { $0 == $1.name })
  }

  @Test(arguments: PromQLDialect.allCases)
  func everyFunctionTakesWhatItTakes(dialect: PromQLDialect) {
    let parser = PromQLParser(dialect, features: .experimentalFunctions)
    for line in Self.lines(dialect) {
      let function = FunctionCase(line)
      for arguments in function.takenArguments {
        let call = function.call(arguments)
        #expect(parser.messages(of: call) == [], "\(call)")
        #expect((try? parser.parse(call))?.valueType == function.result, "\(call)")
      }
      for (arguments, wanted) in function.refusedCounts {
        let call = function.call(arguments)
        let message =
          "1:1: parse error: expected \(wanted) argument(s) in call to \"\(function.name)\", got \(arguments.count)"
        #expect(parser.messages(of: call).first == message, "\(call)")
      }
      for (arguments, position) in function.refusedTypes {
        let call = function.call(arguments)
        let wanted = "expected type \(function.parameters[min(position, function.parameters.count - 1)])"
        let message = "\(wanted) in call to function \"\(function.name)\", got \(arguments[position])"
        #expect(parser.messages(of: call).contains { $0.hasSuffix(message) }, "\(call)")
      }
    }
  }

  @Test(arguments: [PromQLDialect.cortex, .prometheus])
  func experimentsHaveToBeSwitchedOn(dialect: PromQLDialect) {
    let parser = PromQLParser(dialect)
    for line in Self.lines(dialect) {
      let function = FunctionCase(line)
      guard let arguments = function.takenArguments.first else { continue }
      // Where they are no functions, these words have no name either.
      let message = "1:1: parse error: function \"\(function.name)\" is not enabled"
      #expect(parser.messages(of: function.call(arguments)) == (function.isExperimental ? [message] : []))
    }
  }
}
