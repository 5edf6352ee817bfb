import Secrets

/// Finds the elements without children, and where their text is.
struct XMLReader {
    struct Leaf: Sendable {
        /// The names of the elements around it, the root left out, and its own.
        let path: [String]
        /// Its text in the document, references unresolved.
        let text: Range<Int>
    }

    struct Document: Sendable {
        let root: String
        let leaves: [Leaf]
    }

    private static let longest = 1 << 20
    private static let deepest = 16
    private static let mostLeaves = 1000

    private let text: UnsafeRawBufferPointer
    private var offset = 0
    private var root: String?
    private var open: [String] = []
    private var leaves: [Leaf] = []

    init(_ text: UnsafeRawBufferPointer) { self.text = text }

    mutating func document() throws(XMLError) -> Document {
        guard text.count <= Self.longest else { throw failure }
        while let next = try nextTag() {
            switch next {
            case .start(let name): try start(name)
            case .empty(let name):
                try start(name)
                try end(name)
            case .end(let name): try end(name)
            case .other: continue
            }
        }
        guard let root, open.isEmpty else { throw failure }
        return Document(root: root, leaves: leaves)
    }

    // MARK: - Elements

    private var contentStart = 0
    private var isLeaf = false
    private var tagStart = 0

    private mutating func start(_ name: String) throws(XMLError) {
        guard open.count < Self.deepest, root == nil || !open.isEmpty else { throw failure }
        if root == nil { root = name }
        open.append(name)
        contentStart = offset
        isLeaf = true
    }

    private mutating func end(_ name: String) throws(XMLError) {
        guard let last = open.last, last.utf8.elementsEqual(name.utf8) else { throw failure }
        if isLeaf {
            guard leaves.count < Self.mostLeaves else { throw failure }
            let end = max(tagStart, contentStart)
            guard Self.isDecodable(text[contentStart..<end]) else { throw failure }
            leaves.append(Leaf(path: Array(open.dropFirst()), text: contentStart..<end))
        }
        open.removeLast()
        isLeaf = false
    }

    // MARK: - Tags

    private enum Tag {
        case start(String)
        case empty(String)
        case end(String)
        case other
    }

    private var failure: XMLError { XMLError(offset: offset) }

    /// The next tag, or nil at the end; text outside the root is white space alone.
    private mutating func nextTag() throws(XMLError) -> Tag? {
        guard let less = text[offset...].firstIndex(of: UInt8(ascii: "<")) else {
            guard text[offset...].allSatisfy({ $0 <= 0x20 }) else { throw failure }
            return nil
        }
        if open.isEmpty, !text[offset..<less].allSatisfy({ $0 <= 0x20 }) { throw failure }
        tagStart = less
        offset = less
        if starts(with: "<?xml") { return try skip(past: "?>") }
        if starts(with: "<!--") {
            // A comment inside a value would split it.
            isLeaf = false
            return try skip(past: "-->")
        }
        let isEnd = starts(with: "</")
        offset += isEnd ? 2 : 1
        let name = try name()
        let isEmpty = try closeTag(allowsAttributes: !isEnd)
        guard !isEnd else { return isEmpty ? .other : .end(name) }
        return isEmpty ? .empty(name) : .start(name)
    }

    private mutating func skip(past ending: StaticString) throws(XMLError) -> Tag {
        let ending = UnsafeRawBufferPointer(start: ending.utf8Start, count: ending.utf8CodeUnitCount)
        while offset + ending.count <= text.count {
            if text[offset..<(offset + ending.count)].elementsEqual(ending) {
                offset += ending.count
                return .other
            }
            offset += 1
        }
        throw failure
    }

    private mutating func name() throws(XMLError) -> String {
        let end = text[offset...].firstIndex { !Self.isNameByte($0) } ?? text.count
        guard end > offset, end - offset <= 100 else { throw failure }
        defer { offset = end }
        return String(decoding: text[offset..<end], as: UTF8.self)
    }

    /// Passes over attributes to the end of a tag; true where the tag ends its element at once.
    private mutating func closeTag(allowsAttributes: Bool) throws(XMLError) -> Bool {
        while offset < text.count {
            let byte = text[offset]
            offset += 1
            switch byte {
            case UInt8(ascii: ">"): return false
            case UInt8(ascii: "/"):
                guard allowsAttributes, offset < text.count, text[offset] == UInt8(ascii: ">") else { throw failure }
                offset += 1
                return true
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                guard allowsAttributes, let end = text[offset...].firstIndex(of: byte) else { throw failure }
                offset = end + 1
            case UInt8(ascii: "<"): throw failure
            case 0x21... where !allowsAttributes: throw failure
            default: continue
            }
        }
        throw failure
    }

    private func starts(with prefix: StaticString) -> Bool {
        let prefix = UnsafeRawBufferPointer(start: prefix.utf8Start, count: prefix.utf8CodeUnitCount)
        return text[offset...].starts(with: prefix)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
            UInt8(ascii: ":"):
            true
        default: false
        }
    }
}
