/// A set of ASCII characters, with the bytes from 0x80 as one more member.
struct ByteSet: Equatable, Sendable {
    /// `A-Z a-z 0-9`.
    static let alphanumeric = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
    /// Nothing.
    static let empty = ByteSet("")
    /// Every byte.
    static let all = ByteSet(low: .max, high: .max, hasWide: true)
    /// Every byte from 0x80.
    static let wide = ByteSet(low: 0, high: 0, hasWide: true)
    /// 0x00 to 0x1F.
    static let controls = ByteSet(low: 0xFFFF_FFFF, high: 0, hasWide: false)
    /// 0x7F.
    static let delete = ByteSet("\u{7F}")
    /// What a value has one of if its base64 has a character for 62 or 63.
    ///
    /// Of the bytes below 0x80 only those whose last six bits are 62 or 63.
    static let base64Last = ByteSet(">?~\u{7F}").union(.wide)

    private var low: UInt64 = 0
    private var high: UInt64 = 0
    private var hasWide = false

    init(_ characters: StaticString) {
        for byte in UnsafeBufferPointer(start: characters.utf8Start, count: characters.utf8CodeUnitCount) {
            insert(byte)
        }
    }

    /// The bytes that `value` has.
    init(of value: UnsafeRawBufferPointer) {
        for byte in value { insert(byte) }
    }

    private init(low: UInt64, high: UInt64, hasWide: Bool) {
        (self.low, self.high, self.hasWide) = (low, high, hasWide)
    }

    /// Whether the byte is a member.
    func contains(_ byte: UInt8) -> Bool {
        guard byte < 0x80 else { return hasWide }
        return (byte < 64 ? low : high) >> UInt64(byte & 63) & 1 == 1
    }

    /// Whether every member is one of `other`.
    func isSubset(of other: ByteSet) -> Bool {
        low & ~other.low == 0 && high & ~other.high == 0 && (!hasWide || other.hasWide)
    }

    /// Whether both sets have a member.
    func meets(_ other: ByteSet) -> Bool {
        low & other.low != 0 || high & other.high != 0 || (hasWide && other.hasWide)
    }

    /// The members of both sets.
    func union(_ other: ByteSet) -> ByteSet {
        ByteSet(low: low | other.low, high: high | other.high, hasWide: hasWide || other.hasWide)
    }

    /// The members that `other` has as well.
    func intersection(_ other: ByteSet) -> ByteSet {
        ByteSet(low: low & other.low, high: high & other.high, hasWide: hasWide && other.hasWide)
    }

    /// Every byte that is no member.
    var complement: ByteSet { ByteSet(low: ~low, high: ~high, hasWide: !hasWide) }

    private mutating func insert(_ byte: UInt8) {
        guard byte < 0x80 else {
            hasWide = true
            return
        }
        if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
    }
}
