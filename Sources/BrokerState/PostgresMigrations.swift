/// The changes that made the tables what they are, in order; one that was released is never changed again.
///
/// What a migration does, a node of the version before has to live with while nodes are updated one by one.
enum PostgresMigrations {
    /// What was found, and brought up to date.
    enum Outcome: Sendable {
        /// There were no tables.
        case made
        /// There were tables.
        case found
        /// A later version of the program has made more of them than this one knows.
        case later
    }

    /// The statements of each migration; the first one finds tables of a time without versions, too.
    private static let steps = [first]

    /// Does in the session's transaction what has not been done yet: all of it, or nothing.
    static func run(_ session: PostgresSession) throws -> Outcome {
        // Two nodes that start at once wait for each other.
        try session.run("SELECT pg_advisory_xact_lock(7270130)", [])
        let tables = try session.run("SELECT 1 FROM pg_tables WHERE tablename = 'inject_tokens'", []).rows
        try session.run(
            "CREATE TABLE IF NOT EXISTS inject_schema (version BIGINT NOT NULL PRIMARY KEY, at TIMESTAMPTZ NOT NULL)",
            [])
        let newest = try session.run("SELECT coalesce(max(version), 0) FROM inject_schema", []).rows.first?.first
        let version = newest.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
        guard version <= steps.count else { return .later }
        for (index, statements) in steps.enumerated().dropFirst(version) {
            for statement in statements { try session.run(statement, []) }
            try session.run("INSERT INTO inject_schema VALUES ($1, now())", [.number(Int64(index + 1))])
        }
        return tables.isEmpty ? .made : .found
    }

    private static let first = [
        """
        CREATE TABLE IF NOT EXISTS inject_uses (
            issuer BYTEA NOT NULL, id BYTEA NOT NULL, forget_at BIGINT NOT NULL, PRIMARY KEY (issuer, id)
        )
        """,
        "CREATE INDEX IF NOT EXISTS inject_uses_forget_at ON inject_uses (forget_at)",
        """
        CREATE TABLE IF NOT EXISTS inject_tokens (
            digest BYTEA NOT NULL PRIMARY KEY, content TEXT NOT NULL, expires_at BIGINT NOT NULL, node TEXT NOT NULL,
            is_recorded BOOLEAN NOT NULL
        )
        """,
        "CREATE INDEX IF NOT EXISTS inject_tokens_expires_at ON inject_tokens (expires_at)",
        "CREATE INDEX IF NOT EXISTS inject_tokens_unrecorded ON inject_tokens (node) WHERE NOT is_recorded",
        "CREATE TABLE IF NOT EXISTS inject_probe (node TEXT NOT NULL PRIMARY KEY, at TIMESTAMPTZ NOT NULL)",
    ]
}
