import Secrets

/// All patterns in one machine that reads each byte of a stream once.
///
/// The tables hold the patterns' bytes, so they live in secret pages: left out of core dumps, wiped with the last
/// owner, and locked where RLIMIT_MEMLOCK has room for them, which it has not for the tables of many secrets.
struct MaskAutomaton: Sendable {
    /// How many bytes of rows there may be: with a thousand secrets, enough for the states of two bytes.
    static let rowBudget = 1 << 22

    private let layout: AutomatonLayout
    private let pages: SecretBytes

    init(_ set: PatternSet, rowBudget: Int = Self.rowBudget) throws(SecretMemoryError) {
        let shape = set.pages.withExposedBytes { PatternShape(set.ranges, in: $0) }
        let (layout, denseDepth) = shape.layout(budget: rowBudget)
        // State numbers leave two bits for flags.
        guard layout.stateCount < 1 << 30 else { throw SecretMemoryError(byteCount: layout.byteCount) }
        var buffer = try SecretBuffer(capacity: layout.byteCount)
        _ = try buffer.appendUninitialized(capacity: layout.byteCount) { $0.count }
        buffer.withExposedMutableBytes { memory in
            guard let base = memory.baseAddress else { return }
            let tables = AutomatonTables(layout, at: base)
            var builder = AutomatonBuilder(tables, denseDepth: denseDepth, shape: shape)
            set.pages.withExposedBytes { builder.build(set, shared: shape.shared, in: $0) }
        }
        self.layout = layout
        pages = buffer.finish()
    }

    /// Lends the tables for reading.
    func withTables<Result>(_ body: (AutomatonTables) -> Result) -> Result {
        pages.withExposedBytes { bytes in
            // Secret pages always have an address. The same type serves the builder, which writes; from here on nothing
            // does.
            body(AutomatonTables(layout, at: UnsafeMutableRawPointer(mutating: bytes.baseAddress.unsafelyUnwrapped)))
        }
    }
}
