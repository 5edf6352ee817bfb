import Secrets

/// One of the many opinions on which bytes of a text a URL can carry as they are.
struct PercentEncoding: Sendable {
    private let kept: ByteSet
    private let spaceIsPlus: Bool

    /// An encoding that keeps letters, digits and `marks`.
    init(keeping marks: ByteSet, spaceIsPlus: Bool = false) {
        self.init(keepingOnly: .alphanumeric.union(marks), spaceIsPlus: spaceIsPlus)
    }

    /// An encoding that keeps nothing but `kept`.
    init(keepingOnly kept: ByteSet, spaceIsPlus: Bool = false) {
        self.kept = kept
        self.spaceIsPlus = spaceIsPlus
    }

    /// Writes the value with hexadecimal digits of either case.
    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        guard !patterns.present.isSubset(of: kept) else { return }
        for upperCase in [true, false] {
            for byte in value { try append(byte, upperCase: upperCase, to: &patterns) }
            patterns.endDerived()
        }
    }

    private func append(
        _ byte: UInt8,
        upperCase: Bool,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        if kept.contains(byte) { return try patterns.append(byte) }
        if byte == UInt8(ascii: " "), spaceIsPlus { return try patterns.append(UInt8(ascii: "+")) }
        try patterns.append(UInt8(ascii: "%"))
        try patterns.append(UInt32(byte), digits: 2, bits: 4, upperCase: upperCase)
    }
}
