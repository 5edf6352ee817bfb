import Secrets

/// Percent-encoding of percent-encoding: `p@ss` is `p%2540ss`, as in a URL that carries another one.
struct DoublePercentForm: MaskForm {
    let name = "double-percent"

    // RFC 3986, section 2.3; ECMA-262, section 19.2.6: `encodeURIComponent`, and jq's `@uri` before 1.7.
    private static let kept = [ByteSet("-._~"), ByteSet("-_.!~*'()")].map(ByteSet.alphanumeric.union)

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for kept in Self.kept where !patterns.present.isSubset(of: kept) {
            for upperCase in [true, false] { try write(value, keeping: kept, upperCase, to: &patterns) }
        }
    }

    private func write(
        _ value: UnsafeRawBufferPointer,
        keeping kept: ByteSet,
        _ upperCase: Bool,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        for byte in value {
            if kept.contains(byte) {
                try patterns.append(byte)
            } else {
                try patterns.append("%25")
                try patterns.append(UInt32(byte), digits: 2, bits: 4, upperCase: upperCase)
            }
        }
        patterns.endDerived()
    }
}
