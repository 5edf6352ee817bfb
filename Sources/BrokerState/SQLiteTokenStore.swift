package import Broker
internal import FoundationEssentials
internal import GRDB

/// A store in a file of SQLite, for one node: a commit is on the disk before anybody hears of it.
package final class SQLiteTokenStore: TokenStore {
    private let database: DatabasePool
    private let writer: GroupedWriter<Database>
    /// Whether the file was made just now.
    package let isNew: Bool

    /// Opens or makes the file, and brings its tables up to date; those of a later version are refused.
    package init(path: String) throws(BrokerFault) {
        let isLater: Bool
        do {
            database = try DatabasePool(path: path)
            // A pool sets NORMAL, with which a power cut takes the last commits along. Tokens are looked for by what is random,
            // so that their pages come from the disk again and again unless 16 MiB of them are kept.
            try database.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -16384")
            }
            isNew = try database.read { try !$0.tableExists("tokens") }
            isLater = try database.read { try Self.migrations.hasBeenSuperseded($0) }
            if !isLater { try Self.migrations.migrate(database) }
        } catch {
            throw .state
        }
        guard !isLater else { throw .laterState }
        writer = GroupedWriter { [database] body in try database.write { try body($0) } }
    }

    private static var migrations: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
            try database.execute(
                sql: """
                    CREATE TABLE uses (
                        issuer BLOB NOT NULL, id BLOB NOT NULL, forget_at INTEGER NOT NULL, PRIMARY KEY (issuer, id)
                    ) WITHOUT ROWID;
                    CREATE INDEX uses_forget_at ON uses (forget_at);
                    CREATE TABLE tokens (
                        digest BLOB NOT NULL PRIMARY KEY, content TEXT NOT NULL, expires_at INTEGER NOT NULL,
                        is_recorded INTEGER NOT NULL
                    ) WITHOUT ROWID;
                    CREATE INDEX tokens_expires_at ON tokens (expires_at);
                    CREATE INDEX tokens_unrecorded ON tokens (digest) WHERE is_recorded = 0;
                    """
            )
        }
        migrator.registerMigration("2") { database in
            // A mark in the token's own row wrote the whole row a second time.
            try database.execute(
                sql: """
                    CREATE TABLE unrecorded (digest BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID;
                    INSERT INTO unrecorded SELECT digest FROM tokens WHERE is_recorded = 0;
                    DROP INDEX tokens_unrecorded;
                    ALTER TABLE tokens DROP COLUMN is_recorded;
                    """
            )
        }
        return migrator
    }

    /// Inserts the use, and the token only where the use was new.
    package func issue(_ token: IssuedToken) async throws(BrokerFault) -> Bool {
        try await writer.write(.use(token.use)) { database in
            try database.cachedStatement(sql: "INSERT OR IGNORE INTO uses (issuer, id, forget_at) VALUES (?, ?, ?)")
                .execute(arguments: [
                    Self.data(token.use.issuer.utf8), Self.data(token.use.id), token.use.forgettableAt,
                ])
            guard database.changesCount == 1 else { return false }
            let digest = Self.data(token.digest.bytes)
            try database.cachedStatement(sql: "INSERT INTO tokens (digest, content, expires_at) VALUES (?, ?, ?)")
                .execute(arguments: [digest, token.storedText, token.expiresAt])
            try database.cachedStatement(sql: "INSERT INTO unrecorded (digest) VALUES (?)")
                .execute(arguments: [digest])
            return true
        }
    }

    /// Removes both, and the note that the record is missing.
    package func withdraw(_ token: IssuedToken) async throws(BrokerFault) {
        try await writer.write(.use(token.use)) { database in
            let digest = Self.data(token.digest.bytes)
            try database.execute(
                sql: "DELETE FROM uses WHERE issuer = ? AND id = ?",
                arguments: [Self.data(token.use.issuer.utf8), Self.data(token.use.id)])
            try database.execute(sql: "DELETE FROM tokens WHERE digest = ?", arguments: [digest])
            try database.execute(sql: "DELETE FROM unrecorded WHERE digest = ?", arguments: [digest])
        }
    }

    /// Notes it with the next group.
    package func markRecorded(_ digest: TokenDigest) async throws(BrokerFault) {
        writer.writeLater(.token(digest)) { database in
            try database.cachedStatement(sql: "DELETE FROM unrecorded WHERE digest = ?")
                .execute(arguments: [Self.data(digest.bytes)])
        }
    }

    /// Reads what was committed last.
    package func token(_ digest: TokenDigest) async throws(BrokerFault) -> IssuedToken? {
        do {
            let row = try await database.read { database in
                let question = try database.cachedStatement(sql: "SELECT content FROM tokens WHERE digest = ?")
                return try String.fetchOne(question, arguments: [Self.data(digest.bytes)])
            }
            return row.flatMap { IssuedToken(digest: digest, storedText: $0) }
        } catch {
            throw .state
        }
    }

    /// Removes the token.
    package func revoke(_ digest: TokenDigest) async throws(BrokerFault) -> IssuedToken? {
        try await writer.write(.token(digest)) { database in
            let row = try String.fetchOne(
                database, sql: "DELETE FROM tokens WHERE digest = ? RETURNING content",
                arguments: [Self.data(digest.bytes)])
            return row.flatMap { IssuedToken(digest: digest, storedText: $0) }
        }
    }

    /// Finds the tokens without a record.
    package func unrecorded() async throws(BrokerFault) -> [IssuedToken] {
        try await writer.write(.any) { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT digest, content FROM unrecorded JOIN tokens USING (digest)")
            return rows.compactMap { row in
                let digest: [UInt8] = Array(row["digest"] as Data? ?? Data())
                return IssuedToken(digest: TokenDigest(bytes: digest), storedText: row["content"])
            }
        }
    }

    /// Removes what is old.
    @discardableResult
    package func forget(before time: Int64) async throws(BrokerFault) -> Int {
        try await writer.write(.any) { database in
            try database.execute(sql: "DELETE FROM tokens WHERE expires_at < ?", arguments: [time])
            let tokens = database.changesCount
            try database.execute(sql: "DELETE FROM unrecorded WHERE digest NOT IN (SELECT digest FROM tokens)")
            try database.execute(sql: "DELETE FROM uses WHERE forget_at < ?", arguments: [time])
            return tokens + database.changesCount
        }
    }

    /// Writes a page, since a full disk lets everything else pass.
    package func check() async throws(BrokerFault) {
        try await writer.write(.any) { database in
            try database.execute(sql: "CREATE TABLE IF NOT EXISTS probe (at INTEGER)")
            try database.execute(sql: "DELETE FROM probe")
            try database.execute(sql: "INSERT INTO probe (at) VALUES (strftime('%s'))")
        }
    }

    private static func data(_ bytes: some Sequence<UInt8>) -> Data { Data(bytes) }
}
