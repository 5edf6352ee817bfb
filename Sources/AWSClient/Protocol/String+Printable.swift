extension String {
    /// Text from outside made fit for a message: one line, no control or formatting characters, not longer than `limit`.
    ///
    /// What could be a token or a key is left out, in case a server repeats what it was sent.
    package func printable(limit: Int) -> String {
        let visible = String(
            String.UnicodeScalarView(unicodeScalars.lazy.map { Self.isVisible($0) ? $0 : " " })
        )
        let words = visible.split(separator: " ").map { Self.couldBeSecret($0) ? "…" : String($0) }
        let line = words.joined(separator: " ")
        return line.count > limit ? line.prefix(limit) + "…" : line
    }

    private static func isVisible(_ scalar: UnicodeScalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }

    /// A JWS starts with an encoded brace and quote, a broker's token with its mark; nothing that a message is about is
    /// that long.
    private static func couldBeSecret(_ word: Substring) -> Bool {
        word.contains("eyJ") || word.contains("inj_") || word.utf8.count > 200
    }
}
