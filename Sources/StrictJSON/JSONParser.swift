/// A recursive-descent parser whose recursion is bounded by the limits' depth.
struct JSONParser {
    private let text: UnsafeRawBufferPointer
    private let limits: JSONLimits
    private var offset = 0
    private var members = 0

    init(text: UnsafeRawBufferPointer, limits: JSONLimits) throws(JSONError) {
        guard text.count <= limits.bytes else { throw JSONError(code: .tooLong, offset: limits.bytes) }
        guard !text.starts(with: [0xEF, 0xBB, 0xBF]) else { throw JSONError(code: .byteOrderMark, offset: 0) }
        self.text = text
        self.limits = limits
    }

    mutating func document() throws(JSONError) -> JSONNode {
        skipSpace()
        let root = try value(depth: 0)
        skipSpace()
        guard offset == text.count else { throw failure(.trailingBytes) }
        return root
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONNode {
        switch try peek() {
        case UInt8(ascii: "{"): return .object(try object(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try array(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw failure(.unexpectedByte)
        }
    }

    // MARK: - Containers

    private mutating func object(depth: Int) throws(JSONError) -> JSONObject {
        try enter(depth)
        var found: [JSONObject.Member] = []
        var names = SeenNames()
        guard try !closes(UInt8(ascii: "}")) else { return JSONObject(members: []) }
        repeat {
            skipSpace()
            let start = offset
            guard try peek() == UInt8(ascii: "\"") else { throw failure(.unexpectedByte) }
            let string = try string()
            let name = string.bytes(in: text)
            guard names.insert(name, behind: found) || limits.allowsDuplicateMembers else {
                throw JSONError(code: .duplicateMember, offset: start)
            }
            skipSpace()
            guard try peek() == UInt8(ascii: ":") else { throw failure(.unexpectedByte) }
            offset += 1
            found.append(.init(name: name, range: string.range, value: try element(depth: depth)))
        } while try continues(until: UInt8(ascii: "}"))
        return JSONObject(members: found)
    }

    private mutating func array(depth: Int) throws(JSONError) -> [JSONNode] {
        try enter(depth)
        var elements: [JSONNode] = []
        guard try !closes(UInt8(ascii: "]")) else { return [] }
        repeat {
            elements.append(try element(depth: depth))
        } while try continues(until: UInt8(ascii: "]"))
        return elements
    }

    private mutating func enter(_ depth: Int) throws(JSONError) {
        guard depth <= limits.depth else { throw failure(.tooDeep) }
        offset += 1
        skipSpace()
    }

    private mutating func element(depth: Int) throws(JSONError) -> JSONNode {
        members += 1
        guard members <= limits.members else { throw failure(.tooManyMembers) }
        skipSpace()
        return try value(depth: depth)
    }

    /// Takes the closing bracket of an empty container.
    private mutating func closes(_ bracket: UInt8) throws(JSONError) -> Bool {
        guard try peek() == bracket else { return false }
        offset += 1
        return true
    }

    /// Takes the comma before another element, or the closing bracket.
    private mutating func continues(until bracket: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        let byte = try peek()
        guard byte == bracket || byte == UInt8(ascii: ",") else { throw failure(.unexpectedByte) }
        offset += 1
        return byte != bracket
    }

    // MARK: - Scalars

    private mutating func string() throws(JSONError) -> JSONString {
        let start = offset + 1
        var cursor = JSONStringCursor(text: text, offset: start, end: text.count)
        var count = cursor.skipPlain()
        while let unit = try cursor.next() { count += unit.count + cursor.skipPlain() }
        guard cursor.offset < text.count else { throw JSONError(code: .unexpectedEnd, offset: text.count) }
        offset = cursor.offset + 1
        return JSONString(range: start..<cursor.offset, decodedCount: count)
    }

    private mutating func word(_ word: String, _ node: JSONNode) throws(JSONError) -> JSONNode {
        for byte in word.utf8 {
            guard try peek() == byte else { throw failure(.unexpectedByte) }
            offset += 1
        }
        return node
    }

    private mutating func number() throws(JSONError) -> JSONNumber {
        let start = offset
        if try peek() == UInt8(ascii: "-") { offset += 1 }
        let firstDigit = offset
        let integerDigits = digits()
        guard integerDigits == 1 || integerDigits > 1 && text[firstDigit] != UInt8(ascii: "0") else {
            throw JSONError(code: .malformedNumber, offset: start)
        }
        let isInteger = try !fraction(from: start)
        let range = start..<offset
        return JSONNumber(range: range, integer: isInteger ? exactInteger(range) : nil)
    }

    /// Takes a fraction, an exponent or both; says whether there was either.
    private mutating func fraction(from start: Int) throws(JSONError) -> Bool {
        guard offset < text.count, text[offset] == UInt8(ascii: ".") else { return try exponent(from: start) }
        offset += 1
        guard digits() > 0 else { throw JSONError(code: .malformedNumber, offset: start) }
        _ = try exponent(from: start)
        return true
    }

    private mutating func exponent(from start: Int) throws(JSONError) -> Bool {
        guard offset < text.count, text[offset] | 0x20 == UInt8(ascii: "e") else { return false }
        offset += 1
        if offset < text.count, text[offset] == UInt8(ascii: "+") || text[offset] == UInt8(ascii: "-") { offset += 1 }
        guard digits() > 0 else { throw JSONError(code: .malformedNumber, offset: start) }
        return true
    }

    private mutating func digits() -> Int {
        let start = offset
        while offset < text.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[offset]) { offset += 1 }
        return offset - start
    }

    private func exactInteger(_ range: Range<Int>) -> Int64? {
        let largest: Int64 = 1 << 53
        let isNegative = text[range.lowerBound] == UInt8(ascii: "-")
        var value: Int64 = 0
        for offset in range.dropFirst(isNegative ? 1 : 0) {
            // Cannot overflow: value is at most 2^53 here.
            value = value * 10 + Int64(text[offset] - UInt8(ascii: "0"))
            guard value <= largest else { return nil }
        }
        return isNegative ? -value : value
    }

    // MARK: - Bytes

    private func peek() throws(JSONError) -> UInt8 {
        guard offset < text.count else { throw failure(.unexpectedEnd) }
        return text[offset]
    }

    private mutating func skipSpace() {
        while offset < text.count {
            switch text[offset] {
            case 0x20, 0x09, 0x0A, 0x0D: offset += 1
            default: return
            }
        }
    }

    private func failure(_ code: JSONError.Code) -> JSONError { JSONError(code: code, offset: offset) }
}
