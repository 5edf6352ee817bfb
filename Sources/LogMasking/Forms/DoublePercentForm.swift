import Secrets

/// Percent-encoding of percent-encoding: `p@ss` is `p%2540ss`, as in a URL that carries another one.
struct DoublePercentForm: MaskForm {
    let name = "double-percent"

    // RFC 3986, section 2.3; ECMA-262, section 19.2.6: `encodeURIComponent`, and jq's `@uri` before 1.7.
    private static let kept = [ByteSet("-._~"), ByteSet("-_.!~*'()")].map(ByteSet.alphanumeric.union)

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for kept in Self.kept where !patterns.present.isSubset(of: kept) {
            try write(value, keeping: kept, once: .empty, to: &patterns)
        }
        // Python's `quote` keeps the slash and `urlencode` turns a space into `+`, which are encoded the second time.
        for once in [ByteSet("/"), ByteSet(" ")] where patterns.present.meets(once) {
            try write(value, keeping: Self.kept[0], once: once, to: &patterns)
        }
    }

    private func write(
        _ value: UnsafeRawBufferPointer,
        keeping kept: ByteSet,
        once: ByteSet,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        for upperCase in [true, false] {
            for byte in value {
                if kept.contains(byte) {
                    try patterns.append(byte)
                } else {
                    let isOnce = once.contains(byte)
                    let code = isOnce && byte == UInt8(ascii: " ") ? UInt8(ascii: "+") : byte
                    try patterns.append(isOnce ? "%" : "%25")
                    try patterns.append(UInt32(code), digits: 2, bits: 4, upperCase: upperCase)
                }
            }
            patterns.endDerived()
        }
    }
}
