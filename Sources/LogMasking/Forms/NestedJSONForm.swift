import Secrets

/// A JSON string inside a JSON string: `say "x"` is `say \\\"x\\\"`, as a log of objects carries a message.
struct NestedJSONForm: MaskForm {
    let name = "nested-json"

    /// What writes the string, and what writes the text that it is part of.
    private struct Pair: Equatable, Sendable {
        let inner: JSONEscaping
        let outer: JSONEscaping

        func applied(to present: ByteSet) -> Pair {
            let inner = inner.applied(to: present)
            return Pair(inner: inner, outer: outer.applied(to: present).applied(after: inner))
        }
    }

    private static let pairs =
        JSONForm.common.flatMap { inner in JSONForm.common.map { Pair(inner: inner, outer: $0) } }
        + JSONForm.rare.map { Pair(inner: $0, outer: $0) }

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        let present = patterns.present
        var written: [Pair] = []
        // What the inner writer leaves as it is, `JSONForm` writes.
        for pair in Self.pairs where pair.inner.changes(present) {
            let applied = pair.applied(to: present)
            guard !written.contains(applied) else { continue }
            written.append(applied)
            try applied.inner.write(value, inside: applied.outer, to: &patterns)
        }
    }
}
