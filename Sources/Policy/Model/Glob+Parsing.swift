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
        if let byte = text.utf8.first(where: "?[]\\".utf8.contains) {
            throw Refusal(
                reason: "holds `\(Character(Unicode.Scalar(byte)))`, which has no meaning in a pattern",
                help: "`*` is anything within a segment, `**` anything at all; list several patterns for alternatives"
            )
        }
        self.text = text
        self.stopsAtSign = stopsAtSign
        elements = try Self.elements(of: text)
    }

    private static func elements(of text: String) throws(Refusal) -> [Element] {
        var elements: [Element] = []
        elements.reserveCapacity(text.utf8.count)
        let (slash, star) = (UInt8(ascii: "/"), UInt8(ascii: "*"))
        for (index, segment) in text.utf8.split(separator: slash, omittingEmptySubsequences: false).enumerated() {
            if index > 0 { elements.append(.byte(slash)) }
            guard !segment.elementsEqual("**".utf8) else {
                elements.append(.doubleStar)
                continue
            }
            guard !zip(segment, segment.dropFirst()).contains(where: { $0 == star && $1 == star }) else {
                throw Refusal(
                    reason: "has `**` inside a segment, where it would cross `/` unseen",
                    help: "`**` must stand alone between slashes, as in `refs/heads/**`"
                )
            }
            elements += segment.lazy.map { $0 == star ? .star : .byte($0) }
        }
        return elements
    }
}
