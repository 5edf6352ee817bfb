internal import Diagnostics
internal import Policy

/// A text of a document, with what stands for something that only the deployment knows.
struct IAMText: Sendable {
    /// The text as it is written.
    let text: String
    /// Where it stands.
    let span: SourceSpan
    /// Whether any of it is known.
    let isKnown: Bool

    /// A text with its place.
    init(_ text: String, _ span: SourceSpan) { (self.text, self.span, isKnown) = (text, span, true) }

    /// A value that only the deployment knows.
    init(unknown span: SourceSpan) { (text, self.span, isKnown) = ("*", span, false) }

    /// Whether a star or a question mark stands in it that is a wildcard where there are such.
    var hasWildcard: Bool { elements(stars: true).contains { $0 == .doubleStar || $0 == .anyByte } }

    /// What the text matches; without stars, a star is only itself.
    ///
    /// `${…}` is one of IAM's variables or a parameter of the deployment and may become anything, except that `${$}`,
    /// `${*}` and `${?}` are those characters.
    func elements(stars: Bool, ignoringCase: Bool = false) -> [Glob.Element] {
        guard isKnown else { return [.doubleStar] }
        var rest = Array(text.utf8)[...]
        var elements: [Glob.Element] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "$"), rest.first == UInt8(ascii: "{"), let end = rest.firstIndex(of: 0x7D) {
                let name = Array(rest[(rest.startIndex + 1)..<end])
                let isEscape = name.count == 1 && "$*?".utf8.contains(name[0])
                elements.append(isEscape ? .byte(name[0]) : .doubleStar)
                rest = rest[(end + 1)...]
            } else {
                elements.append(Self.element(byte, stars, ignoringCase))
            }
        }
        return elements
    }

    /// A letter of any case is any byte: that is wider, and nothing is let in that is not shown.
    private static func element(_ byte: UInt8, _ stars: Bool, _ ignoringCase: Bool) -> Glob.Element {
        if stars, byte == UInt8(ascii: "*") { return .doubleStar }
        if stars, byte == UInt8(ascii: "?") { return .anyByte }
        return ignoringCase && (0x61...0x7A).contains(byte | 0x20) ? .anyByte : .byte(byte)
    }

    /// Whether the text, with its wildcards, matches another.
    func matches(_ other: String, ignoringCase: Bool = false) -> Bool {
        guard ignoringCase else { return Glob(elements: elements(stars: true), text: text).matches(Array(other.utf8)) }
        let lower = IAMText(text.lowercased(), span)
        return Glob(elements: lower.elements(stars: true), text: text).matches(Array(other.lowercased().utf8))
    }
}
