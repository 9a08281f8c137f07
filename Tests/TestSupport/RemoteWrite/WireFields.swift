// The messages of remote write as fields on the wire, all of them written out, defaults too.

extension Prometheus_WriteRequest {
  /// The message's fields, without unknown ones.
  package var wireFields: [WireField] {
    timeseries.map { WireField(1, .message($0.wireFields)) } + metadata.map { WireField(3, .message($0.wireFields)) }
  }
}

extension Prometheus_TimeSeries {
  var wireFields: [WireField] {
    labels.map { WireField(1, .message($0.wireFields)) } + samples.map { WireField(2, .message($0.wireFields)) }
      + exemplars.map { WireField(3, .message($0.wireFields)) }
      + histograms.map { WireField(4, .message($0.wireFields)) }
  }
}

extension Prometheus_Label {
  var wireFields: [WireField] { [WireField(1, name), WireField(2, value)] }
}

extension Prometheus_Sample {
  var wireFields: [WireField] { [WireField(1, .double(value)), WireField(2, .int64(timestamp))] }
}

extension Prometheus_Exemplar {
  var wireFields: [WireField] {
    labels.map { WireField(1, .message($0.wireFields)) }
      + [WireField(2, .double(value)), WireField(3, .int64(timestamp))]
  }
}

extension Prometheus_MetricMetadata {
  var wireFields: [WireField] {
    [
      WireField(1, .varint(UInt64(type.rawValue))), WireField(2, metricFamilyName),
      WireField(4, help), WireField(5, unit),
    ]
  }
}

extension Prometheus_BucketSpan {
  var wireFields: [WireField] { [WireField(1, .sint64(Int64(offset))), WireField(2, .varint(UInt64(length)))] }
}

extension Prometheus_Histogram {
  var wireFields: [WireField] {
    [
      WireField(3, .double(sum)), WireField(4, .sint64(Int64(schema))), WireField(5, .double(zeroThreshold)),
      WireField(14, .varint(UInt64(resetHint.rawValue))), WireField(15, .int64(timestamp)),
      WireField(16, .packedFixed64(customValues.map(\.bitPattern))),
    ] + counts + buckets
  }

  private var counts: [WireField] {
    let count: WireField? =
      switch count {
      case .countInt(let value): WireField(1, .varint(value), isOptional: true)
      case .countFloat(let value): WireField(2, .double(value), isOptional: true)
      case nil: nil
      }
    let zeroCount: WireField? =
      switch zeroCount {
      case .zeroCountInt(let value): WireField(6, .varint(value), isOptional: true)
      case .zeroCountFloat(let value): WireField(7, .double(value), isOptional: true)
      case nil: nil
      }
    return [count, zeroCount].compactMap(\.self)
  }

  private var buckets: [WireField] {
    negativeSpans.map { WireField(8, .message($0.wireFields)) }
      + positiveSpans.map { WireField(11, .message($0.wireFields)) }
      + [
        WireField(9, .packedVarints(negativeDeltas.map(WireValue.zigzag))),
        WireField(10, .packedFixed64(negativeCounts.map(\.bitPattern))),
        WireField(12, .packedVarints(positiveDeltas.map(WireValue.zigzag))),
        WireField(13, .packedFixed64(positiveCounts.map(\.bitPattern))),
      ]
  }
}
