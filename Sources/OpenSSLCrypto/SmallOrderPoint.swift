/// The Ed25519 public keys under which anybody can make signatures that verify.
///
/// These points have an order that divides 8, so half of a signature's equation vanishes; RFC 8032 does not exclude
/// them, and OpenSSL accepts them.
enum SmallOrderPoint {
    /// Whether the 32 bytes of a key encode such a point, in any of its forms.
    static func isEncoded(by key: [UInt8]) -> Bool {
        guard let last = key.last else { return false }
        // The top bit is the sign of x: the negative of such a point is one as well.
        let withoutSign = key.dropLast() + [last & 0x7F]
        return encodings.contains { $0.elementsEqual(withoutSign) }
    }

    /// All `y` of the eight points, little-endian, with and without the prime 2^255 - 19 added.
    private static let encodings: [[UInt8]] = [
        filled(first: 0x00, middle: 0x00, last: 0x00),
        filled(first: 0x01, middle: 0x00, last: 0x00),
        filled(first: 0xEC, middle: 0xFF, last: 0x7F),
        filled(first: 0xED, middle: 0xFF, last: 0x7F),
        filled(first: 0xEE, middle: 0xFF, last: 0x7F),
        [
            0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0,
            0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05,
        ],
        [
            0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67, 0x0F,
            0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A,
        ],
    ]

    private static func filled(first: UInt8, middle: UInt8, last: UInt8) -> [UInt8] {
        [first] + [UInt8](repeating: middle, count: 30) + [last]
    }
}
