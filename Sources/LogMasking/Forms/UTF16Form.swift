import Secrets

/// UTF-16 in either byte order, as Windows' programs write to a pipe.
struct UTF16Form: MaskForm {
    let name = "utf-16"

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for isBigEndian in [false, true] {
            var rest = value.makeIterator()
            var parser = Unicode.UTF8.ForwardParser()
            loop: while true {
                switch parser.parseScalar(from: &rest) {
                case .valid(let encoded):
                    let scalar = Unicode.UTF8.decode(encoded)
                    for unit in Unicode.UTF16.encode(scalar) ?? .init() {
                        let bytes = isBigEndian ? unit.bigEndian : unit.littleEndian
                        try withUnsafeBytes(of: bytes) { bytes throws(SecretMemoryError) in try patterns.append(bytes) }
                    }
                // What is not UTF-8 is no text that could be written like this.
                case .error: return patterns.abandon()
                case .emptyInput: break loop
                }
            }
            patterns.endDerived()
        }
    }
}
