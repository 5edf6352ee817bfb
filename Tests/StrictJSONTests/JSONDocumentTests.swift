import StrictJSON
import Testing

@Suite("JSONDocument")
struct JSONDocumentTests {
    static func code(_ text: [UInt8], _ limits: JSONLimits = .token) -> JSONError.Code? {
        do {
            _ = try JSONDocument(text, limits: limits)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("a name that is repeated is found among few members and among many", arguments: [2, 47, 48, 49, 50, 200])
    func repeatedName(count: Int) {
        let members = (0..<count).map { "\"n\($0)\":0" }
        let limits = JSONLimits(bytes: 1 << 16, depth: 2, members: 1_000)
        #expect(Self.code(Array("{\(members.joined(separator: ","))}".utf8), limits) == nil)
        for place in [0, count / 2, count - 1] {
            let repeated = members + ["\"n\(place)\":1"]
            #expect(Self.code(Array("{\(repeated.joined(separator: ","))}".utf8), limits) == .duplicateMember)
        }
    }

    @Test(
        "two readers could disagree on these, so they are refused",
        arguments: [
            (#"{"a":1,"a":2}"#, JSONError.Code.duplicateMember),
            (#"{"a":1,"\u0061":2}"#, .duplicateMember),
            (#"{"\/":1,"/":2}"#, .duplicateMember),
            (#"{"":1,"":2}"#, .duplicateMember),
            (#"{"x":{"b":1,"c":2,"b":3}}"#, .duplicateMember),
            ("{\"\u{e9}\":1,\"\\u00e9\":2}", .duplicateMember),
            (#"{"\ud83d\ude00":1,"😀":2}"#, .duplicateMember),
            ("\u{FEFF}{}", .byteOrderMark),
            (" \u{FEFF}{}", .unexpectedByte),
            (#"{"a":1,}"#, .unexpectedByte),
            ("[1,]", .unexpectedByte),
            ("[,1]", .unexpectedByte),
            ("[1 2]", .unexpectedByte),
            ("{} {}", .trailingBytes),
            ("{}\u{0}", .trailingBytes),
            ("", .unexpectedEnd),
            (" ", .unexpectedEnd),
            ("[", .unexpectedEnd),
            (#"{"a""#, .unexpectedEnd),
            (#""abc"#, .unexpectedEnd),
            ("{a:1}", .unexpectedByte),
            ("{'a':1}", .unexpectedByte),
            ("NaN", .unexpectedByte),
            ("Infinity", .unexpectedByte),
            ("-Infinity", .malformedNumber),
            ("+1", .unexpectedByte),
            ("01", .malformedNumber),
            ("-01", .malformedNumber),
            ("1.", .malformedNumber),
            (".1", .unexpectedByte),
            ("1e", .malformedNumber),
            ("1e+", .malformedNumber),
            ("1.e1", .malformedNumber),
            ("0x1", .trailingBytes),
            ("1_000", .trailingBytes),
            ("truE", .unexpectedByte),
            ("nul", .unexpectedEnd),
            ("\"a\u{1}b\"", .controlCharacter),
            ("\"a\nb\"", .controlCharacter),
            (#""\x41""#, .malformedEscape),
            (#""\'""#, .malformedEscape),
            (#""\u12g4""#, .malformedEscape),
            (#""\u+123""#, .malformedEscape),
            (#""\ud800""#, .loneSurrogate),
            (#""\ud800\u0041""#, .loneSurrogate),
            (#""\udc00\ud800""#, .loneSurrogate),
            (#""\ud800\ud800""#, .loneSurrogate),
            ("/* c */ {}", .unexpectedByte),
            ("{} // c", .trailingBytes),
            ("[\u{A0}1]", .unexpectedByte),
            ("[\u{B}1]", .unexpectedByte),
        ]
    )
    func refused(text: String, code: JSONError.Code) {
        #expect(Self.code(Array(text.utf8)) == code)
    }

    @Test(
        "bytes that are not UTF-8 are refused",
        arguments: [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x22], [0xE0, 0x9F, 0xBF], [0xE2, 0x82],
            [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80],
            [0xFE], [0xFF], [0xF0, 0x9F, 0x98],
        ] as [[UInt8]]
    )
    func invalidUTF8(bytes: [UInt8]) {
        #expect(Self.code([0x22] + bytes + [0x22]) == .invalidUTF8)
    }

    @Test(
        "the largest and smallest of each UTF-8 length are read",
        arguments: [0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF] as [UInt32])
    func utf8Bounds(value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        let text = Array("\"\(Character(scalar))\"".utf8)
        let document = try JSONDocument(text, limits: .token)
        let decoded = text.withUnsafeBytes { document.root.string?.bytes(in: $0) }
        #expect(decoded == Array(String(Character(scalar)).utf8))
    }

    @Test("nesting stops at the limit", arguments: ["[", "{\"a\":"])
    func depth(open: String) {
        let close = open == "[" ? "]" : "}"
        let nested = { (depth: Int) in
            Array((String(repeating: open, count: depth) + "0" + String(repeating: close, count: depth)).utf8)
        }
        #expect(Self.code(nested(8)) == nil)
        #expect(Self.code(nested(9)) == .tooDeep)
        #expect(Self.code(nested(1000)) == .tooDeep)
        #expect(Self.code(Array(String(repeating: open, count: 2000).utf8)) == .tooDeep)
    }

    @Test("members and bytes are counted")
    func counts() {
        let many = { (count: Int) in Array("[\((0..<count).map(String.init).joined(separator: ","))]".utf8) }
        #expect(Self.code(many(256)) == nil)
        #expect(Self.code(many(257)) == .tooManyMembers)
        let long = Array("\"\(String(repeating: "a", count: 16 * 1024 - 2))\"".utf8)
        #expect(Self.code(long) == nil)
        #expect(Self.code(long + [0x20]) == .tooLong)
    }

    @Test("composed and decomposed names stay two names")
    func normalization() throws {
        let text = Array("{\"caf\u{e9}\":1,\"cafe\u{301}\":2}".utf8)
        let object = try #require(try JSONDocument(text, limits: .token).root.object)
        #expect(object.members.count == 2)
        #expect(object["caf\u{e9}"]?.number?.integer == 1)
        #expect(object["cafe\u{301}"]?.number?.integer == 2)
    }

    @Test(
        "integers are exact or absent",
        arguments: [
            ("0", 0), ("-0", 0), ("9007199254740992", 9_007_199_254_740_992),
            ("-9007199254740992", -9_007_199_254_740_992),
            ("9007199254740993", nil), ("99999999999999999999999", nil), ("1.0", nil), ("1e3", nil), ("1E400", nil),
            ("-1.5e-3", nil), ("1732417391", 1_732_417_391),
        ] as [(String, Int64?)]
    )
    func integers(text: String, value: Int64?) throws {
        #expect(try JSONDocument(Array(text.utf8), limits: .token).root.number?.integer == value)
    }

    @Test(
        "strings decode into the caller's memory",
        arguments: [
            (#""""#, ""), (#""abc""#, "abc"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
            (#""\u0000""#, "\u{0}"),
            (#""\u00e9\u20ac""#, "é€"), (#""\ud83d\ude00""#, "😀"), (#""\uD83D\uDE00x""#, "😀x"),
        ]
    )
    func decoding(text: String, decoded: String) throws {
        let bytes = Array(text.utf8)
        let string = try #require(try JSONDocument(bytes, limits: .token).root.string)
        #expect(string.decodedCount == decoded.utf8.count)
        #expect(bytes.withUnsafeBytes { string.bytes(in: $0) } == Array(decoded.utf8))
        var short = [UInt8](repeating: 0xAA, count: max(decoded.utf8.count - 1, 0))
        let written = bytes.withUnsafeBytes { text in
            short.withUnsafeMutableBytes { string.decode(from: text, into: $0) }
        }
        #expect(written == 0)
        #expect(short.allSatisfy { $0 == 0xAA })
    }
}
