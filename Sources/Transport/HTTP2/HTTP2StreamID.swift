/// The number of a stream, as on the wire.
typealias HTTP2StreamID = Int32
