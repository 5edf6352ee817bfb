extension Glob {
    /// The longest pattern, in bytes.
    package static let maximumCount = 512

    /// Why a text is no pattern, as the end of "the pattern …".
    package struct Refusal: Error, Hashable, Sendable {
        /// The reason.
        package let reason: String
        /// What to write instead.
        package let help: String
    }

    /// Reads a pattern for a claim; `*` stops at `@` in `workflow_ref` and `job_workflow_ref`.
    package init(_ text: String, claim: String) throws(Refusal) {
        try self.init(text, stopsAtSign: claim == "workflow_ref" || claim == "job_workflow_ref")
    }

    /// Reads a pattern over `ENVIRONMENT/SECRET`.
    package init(path text: String) throws(Refusal) {
        try self.init(text, stopsAtSign: false)
    }

    private init(_ text: String, stopsAtSign: Bool) throws(Refusal) {
        guard text.utf8.count <= Self.maximumCount else {
            throw Refusal(reason: "is longer than \(Self.maximumCount) bytes", help: "match a shorter claim")
        }
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw Refusal(
                reason: "holds a character outside ASCII, which can look like another",
                help: "write the claim's exact ASCII text"
            )
        }
        if let byte = text.utf8.first(where: Self.isReserved) {
            throw Refusal(
                reason: "holds `\(Character(Unicode.Scalar(byte)))`, which has no meaning in a pattern",
                help: "`*` is anything within a segment, `**` anything at all; list several patterns for alternatives"
            )
        }
        self.text = text
        self.stopsAtSign = stopsAtSign
        elements = try Self.elements(of: text)
    }

    /// What other languages of patterns give a meaning.
    private static func isReserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "?"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "\\"): true
        default: false
        }
    }

    private static func elements(of text: String) throws(Refusal) -> [Element] {
        var elements: [Element] = []
        elements.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            guard byte == UInt8(ascii: "*") else {
                guard elements.last != .doubleStar || byte == UInt8(ascii: "/") else { throw .hiddenDoubleStar }
                elements.append(.byte(byte))
                continue
            }
            guard elements.last == .star || elements.last == .doubleStar else {
                elements.append(.star)
                continue
            }
            // Two stars are a segment of their own, or nothing that a pattern may have.
            let start = elements.count - 1
            guard elements[start] == .star, start == 0 || elements[start - 1] == .byte(UInt8(ascii: "/")) else {
                throw .hiddenDoubleStar
            }
            elements[start] = .doubleStar
        }
        return elements
    }
}

extension Glob.Refusal {
    fileprivate static let hiddenDoubleStar = Self(
        reason: "has `**` inside a segment, where it would cross `/` unseen",
        help: "`**` must stand alone between slashes, as in `refs/heads/**`"
    )
}
