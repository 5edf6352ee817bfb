package import Diagnostics

/// Replacements in one file that mend a finding.
package struct LintFix: Sendable {
    /// One replacement.
    package struct Edit: Sendable {
        /// The bytes that go; empty for an insertion.
        package let range: Range<Int>
        /// The text that comes.
        package let text: String
    }

    /// The file's text before.
    package let source: SourceText
    /// The replacements, which do not overlap.
    package let edits: [Edit]

    /// A single replacement.
    init(_ source: SourceText, _ range: Range<Int>, _ text: String) {
        self.source = source
        edits = [Edit(range: range, text: text)]
    }

    /// Several replacements, of which none makes sense without the others.
    init(_ source: SourceText, _ edits: [Edit]) {
        self.source = source
        self.edits = edits
    }

    /// The file with all of the fixes that do not touch what an earlier one touched, and how many those are.
    package static func applied(_ fixes: [LintFix], to source: SourceText) -> (bytes: [UInt8], count: Int) {
        var taken: [Edit] = []
        var count = 0
        for fix in fixes where !fix.edits.contains(where: { edit in taken.contains { $0.touches(edit) } }) {
            taken += fix.edits
            count += 1
        }
        var bytes = source.bytes
        for edit in taken.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
            bytes.replaceSubrange(edit.range.clamped(to: 0..<source.bytes.count), with: edit.text.utf8)
        }
        return (bytes, count)
    }
}

extension LintFix.Edit {
    fileprivate func touches(_ other: Self) -> Bool {
        range.overlaps(other.range) || range.lowerBound == other.range.lowerBound
    }
}

extension LintFix {
    /// Removes the lines of a span, with the `- ` or the key before it; nil where something else stands in them.
    static func removingLines(from start: Int, through end: Int, in source: SourceText) -> LintFix? {
        let first = source.offset(ofLine: source.line(at: start))
        let before = source.bytes[first..<start]
        guard before.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }) else { return nil }
        var last = end
        while last > start, " \n\r".utf8.contains(source.bytes[last - 1]) { last -= 1 }
        while last < source.bytes.count, source.bytes[last] == UInt8(ascii: " ") { last += 1 }
        if last < source.bytes.count, source.bytes[last] == UInt8(ascii: "#") {
            while last < source.bytes.count, source.bytes[last] != UInt8(ascii: "\n") { last += 1 }
        }
        guard last >= source.bytes.count || "\r\n".utf8.contains(source.bytes[last]) else { return nil }
        while last < source.bytes.count, source.bytes[last] != UInt8(ascii: "\n") { last += 1 }
        return LintFix(source, first..<min(last + 1, source.bytes.count), "")
    }
}
