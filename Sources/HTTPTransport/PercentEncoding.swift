package import Secrets

/// Percent-encoding of one part of a URL or form (RFC 3986, section 2.1): everything but unreserved characters.
package enum PercentEncoding {
    /// The encoded text.
    package static func component(_ text: String) -> String {
        String(unsafeUninitializedCapacity: 3 * text.utf8.count) { room in
            var count = 0
            for byte in text.utf8 { write(byte, to: room, &count) }
            return count
        }
    }

    /// Appends the encoded bytes of a secret to what is being built.
    package static func append(_ secret: SecretBytes, to output: inout SecretBuffer) throws(SecretMemoryError) {
        _ = try output.appendUninitialized(capacity: 3 * secret.count) { room in
            var count = 0
            secret.withExposedBytes { bytes in
                for byte in bytes { write(byte, to: room.assumingMemoryBound(to: UInt8.self), &count) }
            }
            return count
        }
    }

    private static func write(_ byte: UInt8, to room: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int) {
        if isUnreserved(byte) {
            room[count] = byte
            count += 1
        } else {
            room[count] = UInt8(ascii: "%")
            room[count + 1] = digit(byte >> 4)
            room[count + 2] = digit(byte & 15)
            count += 3
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

    private static func digit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "A") + nibble - 10
    }
}
