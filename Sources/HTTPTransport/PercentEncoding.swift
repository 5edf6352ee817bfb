package import Secrets

/// Percent-encoding of one part of a URL or form (RFC 3986, section 2.1): everything but unreserved characters.
package enum PercentEncoding {
    /// The encoded text.
    package static func component(_ text: String) -> String {
        var output = ""
        for byte in text.utf8 {
            if isUnreserved(byte) {
                output.unicodeScalars.append(UnicodeScalar(byte))
            } else {
                for digit in escaped(byte) { output.unicodeScalars.append(UnicodeScalar(digit)) }
            }
        }
        return output
    }

    /// Appends the encoded bytes of a secret to what is being built.
    package static func append(_ secret: SecretBytes, to output: inout SecretBuffer) throws(SecretMemoryError) {
        try secret.withExposedBytes { (bytes) throws(SecretMemoryError) in
            for byte in bytes {
                guard !isUnreserved(byte) else {
                    try output.append(byte)
                    continue
                }
                for digit in escaped(byte) { try output.append(digit) }
            }
        }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func escaped(_ byte: UInt8) -> [UInt8] {
        [UInt8(ascii: "%"), digit(byte >> 4), digit(byte & 15)]
    }

    private static func digit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "A") + nibble - 10
    }
}
