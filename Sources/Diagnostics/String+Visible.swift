extension String {
    /// The text on one line, one character for one, so that no file can steer a terminal or begin a line that a runner obeys.
    package var visible: String {
        // Nearly every text; to ask for the category of each character took a fifth of a lint with many findings.
        guard utf8.contains(where: { !(0x20...0x7E).contains($0) }) else { return self }
        return String(
            map { character in
                guard let scalar = character.unicodeScalars.first, Self.isControl(scalar) else { return character }
                return character == "\t" ? " " : "\u{FFFD}"
            }
        )
    }

    /// Whether it acts instead of being shown; the separators end a line for some programs.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }
}
