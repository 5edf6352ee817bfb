package import Diagnostics
package import Secrets

/// How a `.env` file is read: libraries disagree on quotes, comments, escapes and `$`.
package enum DotenvDialect: String, Hashable, Sendable, CaseIterable {
    /// What the other three read alike; everything else is an error that names file, line and key.
    case strict
    /// As `dotenv` 17 of npm reads it.
    case node
    /// As `python-dotenv` 1.2 reads it.
    case python
    /// As Docker Compose 2 reads an `env_file`.
    case compose

    /// What a text sets, in order, to compare dialects with; of a key that stands twice the last counts.
    ///
    /// A value is nil for a key without one, which takes away what `python` read for it before.
    package func assignments(in text: SecretBytes) throws(Diagnostic) -> [(key: [UInt8], value: SecretBytes?)] {
        try parse(text, name: "-").map { ($0.key, $0.value) }
    }

    /// Reads a file; the diagnostics name its lines and keys and never show any of it.
    func parse(_ text: SecretBytes, name: String) throws(Diagnostic) -> [DotenvEntry] {
        let source = try DotenvSource(text, name: name, unifiesLineBreaks: self == .node || self == .python)
        switch self {
        case .strict:
            var parser = StrictDotenvParser(source)
            return try parser.entries()
        case .node:
            var parser = NodeDotenvParser(source)
            return try parser.entries()
        case .python:
            var parser = PythonDotenvParser(source)
            return try parser.entries()
        case .compose:
            var parser = ComposeDotenvParser(source)
            return try parser.entries()
        }
    }
}
