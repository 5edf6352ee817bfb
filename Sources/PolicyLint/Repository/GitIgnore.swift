internal import Diagnostics
internal import Policy

/// What a `.gitignore` at the root keeps out of commits, as far as its lines are patterns of paths (gitignore(5)).
struct GitIgnore: Sendable {
    private let rules: [(segments: [[UInt8]], isNegated: Bool)]

    init(_ source: SourceText) {
        rules = String(decoding: source.bytes, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap(Self.rule)
    }

    /// Whether a path is ignored: the last line that matches it, or a folder above it, decides.
    func ignores(_ path: String) -> Bool {
        let segments = path.split(separator: "/").map { Array($0.utf8) }
        var isIgnored = false
        for rule in rules {
            let isMatch = (1...max(segments.count, 1)).contains {
                Self.matches(rule.segments[...], segments.prefix($0))
            }
            if isMatch { isIgnored = !rule.isNegated }
        }
        return isIgnored
    }

    private static func rule(_ line: Substring) -> (segments: [[UInt8]], isNegated: Bool)? {
        var text = line[...]
        while text.last == " " { text.removeLast() }
        guard let first = text.first, first != "#" else { return nil }
        let isNegated = first == "!"
        if isNegated { text.removeFirst() }
        if text.last == "/" { text.removeLast() }
        // Without a slash inside, a pattern is for every folder.
        let isAnywhere = !text.contains("/")
        let segments = text.split(separator: "/").map { Array($0.utf8) }
        return segments.isEmpty ? nil : ((isAnywhere ? [Array("**".utf8)] : []) + segments, isNegated)
    }

    private static func matches(_ pattern: ArraySlice<[UInt8]>, _ path: ArraySlice<[UInt8]>) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        if first.elementsEqual("**".utf8) {
            return matches(pattern.dropFirst(), path) || !path.isEmpty && matches(pattern, path.dropFirst())
        }
        guard let segment = path.first, isLike(first, segment) else { return false }
        return matches(pattern.dropFirst(), path.dropFirst())
    }

    /// Whether a segment matches, where `*` is anything and `?` one byte.
    private static func isLike(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
        let elements = pattern.map { byte -> Glob.Element in
            switch byte {
            case UInt8(ascii: "*"): .doubleStar
            case UInt8(ascii: "?"): .anyByte
            default: .byte(byte)
            }
        }
        return Glob(elements: elements, text: "").matches(text)
    }
}
