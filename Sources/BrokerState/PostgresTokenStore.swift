package import Broker

/// A store in PostgreSQL, for several nodes: a token of one is good at all, and a job's token is used up at all.
package final class PostgresTokenStore: TokenStore {
    private let writer: GroupedWriter<PostgresSession>
    private let node: String
    /// Whether the tables were made just now.
    package let isNew: Bool

    /// Connects as libpq's `address` says, and brings the tables up to date; those of a later version are refused.
    ///
    /// Tokens without a record are taken back by the node that issued them alone, so its name has to stay the same.
    package init(address: String, node: String) async throws(BrokerFault) {
        let session = PostgresSession(address)
        let writer = GroupedWriter<PostgresSession> { try session.transaction($0) }
        self.writer = writer
        self.node = node
        switch try await writer.write(.any, { try PostgresMigrations.run($0) }) {
        case .made: isNew = true
        case .found: isNew = false
        case .later: throw .laterState
        }
    }

    /// Inserts the use, and the token only where the use was new.
    package func issue(_ token: IssuedToken) async throws(BrokerFault) -> Bool {
        try await writer.write(.use(token.use)) { [node] session in
            let use = try session.run(
                "INSERT INTO inject_uses VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                [.bytes(Array(token.use.issuer.utf8)), .bytes(token.use.id), .number(token.use.forgettableAt)]
            )
            guard use.affected == 1 else { return false }
            try session.run(
                "INSERT INTO inject_tokens VALUES ($1, $2, $3, $4, FALSE)",
                [.bytes(token.digest.bytes), .text(token.storedText), .number(token.expiresAt), .text(node)]
            )
            return true
        }
    }

    /// Removes the use, and the token, which no other node has seen.
    package func withdraw(_ token: IssuedToken) async throws(BrokerFault) {
        try await writer.write(.use(token.use)) { session in
            try session.run(
                "DELETE FROM inject_uses WHERE issuer = $1 AND id = $2",
                [.bytes(Array(token.use.issuer.utf8)), .bytes(token.use.id)])
            try session.run("DELETE FROM inject_tokens WHERE digest = $1", [.bytes(token.digest.bytes)])
        }
    }

    /// Notes it with the next group.
    package func markRecorded(_ digest: TokenDigest) async throws(BrokerFault) {
        writer.writeLater(.token(digest)) { session in
            try session.run("UPDATE inject_tokens SET is_recorded = TRUE WHERE digest = $1", [.bytes(digest.bytes)])
        }
    }

    /// Reads what was committed last, by whichever node.
    package func token(_ digest: TokenDigest) async throws(BrokerFault) -> IssuedToken? {
        try await writer.write(.token(digest)) { session in
            let found = try session.run("SELECT content FROM inject_tokens WHERE digest = $1", [.bytes(digest.bytes)])
            return found.rows.first.flatMap { Self.token(digest, $0[0]) }
        }
    }

    /// Removes the token.
    package func revoke(_ digest: TokenDigest) async throws(BrokerFault) -> IssuedToken? {
        try await writer.write(.token(digest)) { session in
            let found = try session.run(
                "DELETE FROM inject_tokens WHERE digest = $1 RETURNING content", [.bytes(digest.bytes)])
            return found.rows.first.flatMap { Self.token(digest, $0[0]) }
        }
    }

    /// Finds this node's tokens without a record.
    package func unrecorded() async throws(BrokerFault) -> [IssuedToken] {
        try await writer.write(.any) { [node] session in
            let found = try session.run(
                "SELECT encode(digest, 'hex'), content FROM inject_tokens WHERE node = $1 AND NOT is_recorded",
                [.text(node)]
            )
            return found.rows.compactMap { row in
                TokenDigest(hexadecimal: String(decoding: row[0], as: UTF8.self)).flatMap { Self.token($0, row[1]) }
            }
        }
    }

    /// Removes what is old.
    @discardableResult
    package func forget(before time: Int64) async throws(BrokerFault) -> Int {
        try await writer.write(.any) { session in
            let tokens = try session.run("DELETE FROM inject_tokens WHERE expires_at < $1", [.number(time)])
            let uses = try session.run("DELETE FROM inject_uses WHERE forget_at < $1", [.number(time)])
            return tokens.affected + uses.affected
        }
    }

    /// Writes a row.
    package func check() async throws(BrokerFault) {
        try await writer.write(.any) { [node] session in
            let statement = """
                INSERT INTO inject_probe VALUES ($1, now()) ON CONFLICT (node) DO UPDATE SET at = excluded.at
                """
            try session.run(statement, [.text(node)])
        }
    }

    private static func token(_ digest: TokenDigest, _ content: [UInt8]) -> IssuedToken? {
        IssuedToken(digest: digest, storedText: String(decoding: content, as: UTF8.self))
    }
}
