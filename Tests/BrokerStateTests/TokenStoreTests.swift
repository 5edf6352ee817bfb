import Broker
import BrokerState
import Foundation
import InjectTesting
import Secrets
import Testing

/// Both stores, held to the same rules.
enum StoreKind: CaseIterable {
    case memory, sqlite, postgres

    func make(in folder: TemporaryFolder) async throws -> any TokenStore {
        switch self {
        case .memory: InMemoryTokenStore()
        case .sqlite: try SQLiteTokenStore(path: folder.path("state.db"))
        case .postgres: try await PostgresTokenStore(address: PostgresServer.shared.get().database(), node: "one")
        }
    }
}

@Suite("TokenStore")
struct TokenStoreTests {
    static func token(_ id: String, issuer: String = "https://issuer", expires: Int64 = 1000) throws -> IssuedToken {
        let token = try AccessToken.mint()
        return IssuedToken(
            digest: token.digest,
            use: TokenUse(issuer: issuer, id: Array(id.utf8), forgettableAt: expires + 500),
            actor: ["sub", "repo:o/r \"\u{E9}\u{65}\u{301}\n", "run_id", "7"],
            repository: "o/r",
            policyDigest: String(repeating: "ab", count: 32),
            grants: ["deploy"],
            secrets: ["prod/A", "prod/B"].compactMap(SecretPath.init),
            issuedAt: 900,
            expiresAt: expires
        )
    }

    @Test("what was issued is found as it was, and nothing else is", arguments: StoreKind.allCases)
    func found(kind: StoreKind) async throws {
        let folder = try TemporaryFolder()
        let store = try await kind.make(in: folder)
        let (token, other) = (try Self.token("1"), try Self.token("2"))
        #expect(try await store.token(token.digest) == nil)
        #expect(try await store.issue(token))
        #expect(try await store.token(token.digest) == token)
        #expect(try await store.token(other.digest) == nil)
    }

    @Test(
        "a job's token is used up once; another issuer's of the same id is another one", arguments: StoreKind.allCases)
    func replay(kind: StoreKind) async throws {
        let folder = try TemporaryFolder()
        let store = try await kind.make(in: folder)
        let again = try Self.token("1")
        #expect(try await store.issue(Self.token("1")))
        #expect(try await !store.issue(again))
        #expect(try await store.token(again.digest) == nil)
        #expect(try await store.issue(Self.token("1", issuer: "https://other")))
    }

    @Test("ids are compared as bytes, not as Swift compares text", arguments: StoreKind.allCases)
    func bytes(kind: StoreKind) async throws {
        let folder = try TemporaryFolder()
        let store = try await kind.make(in: folder)
        #expect(try await store.issue(Self.token("\u{E9}")))
        #expect(try await store.issue(Self.token("e\u{301}")))
        #expect(try await store.issue(Self.token("x", issuer: "https://\u{E9}")))
        #expect(try await store.issue(Self.token("x", issuer: "https://e\u{301}")))
    }

    @Test("of a thousand at once exactly one is first", arguments: StoreKind.allCases)
    func race(kind: StoreKind) async throws {
        let folder = try TemporaryFolder()
        let store = try await kind.make(in: folder)
        let firsts = try await withThrowingTaskGroup { group in
            for _ in 0..<1000 { group.addTask { try await store.issue(Self.token("1")) } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(firsts == 1)
    }

    @Test("a revoked token opens nothing, and its job's token stays used up", arguments: StoreKind.allCases)
    func revoke(kind: StoreKind) async throws {
        let folder = try TemporaryFolder()
        let store = try await kind.make(in: folder)
        let token = try Self.token("1")
        _ = try await store.issue(token)
        #expect(try await store.revoke(token.digest) == token)
        #expect(try await store.revoke(token.digest) == nil)
        #expect(try await store.token(token.digest) == nil)
        #expect(try await !store.issue(Self.token("1")))
    }

    @Test(
        "what is withdrawn was never issued: the token opens nothing, and its job's may come again",
        arguments: StoreKind.allCases)
    func withdraw(kind: StoreKind) async throws {
        let folder = try TemporaryFolder()
        let store = try await kind.make(in: folder)
        let (token, other) = (try Self.token("1"), try Self.token("2"))
        _ = try await store.issue(token)
        _ = try await store.issue(other)
        try await store.withdraw(token)
        #expect(try await store.token(token.digest) == nil)
        #expect(try await store.unrecorded() == [other])
        #expect(try await store.issue(Self.token("1")))
        #expect(try await !store.issue(Self.token("2")))
        #expect(try await store.token(other.digest) == other)
    }

    @Test(
        "tokens without a record are found until they are taken back or noted, recorded ones are not",
        arguments: StoreKind.allCases)
    func unrecorded(kind: StoreKind) async throws {
        let folder = try TemporaryFolder()
        let store = try await kind.make(in: folder)
        let (recorded, lost) = (try Self.token("1"), try Self.token("2"))
        _ = try await store.issue(recorded)
        _ = try await store.issue(lost)
        try await store.markRecorded(recorded.digest)
        #expect(try await store.unrecorded() == [lost])
        #expect(try await store.revoke(lost.digest) == lost)
        #expect(try await store.unrecorded().isEmpty)
        #expect(try await store.token(recorded.digest) == recorded)
    }

    @Test(
        "what is old is forgotten: tokens once they expired, uses once they cannot come again",
        arguments: StoreKind.allCases)
    func forget(kind: StoreKind) async throws {
        let folder = try TemporaryFolder()
        let store = try await kind.make(in: folder)
        let token = try Self.token("1")
        _ = try await store.issue(token)
        #expect(try await store.forget(before: 1000) == 0)
        #expect(try await store.forget(before: 1001) == 1)
        #expect(try await store.token(token.digest) == nil)
        #expect(try await !store.issue(Self.token("1")))
        #expect(try await store.forget(before: 1501) == 1)
        #expect(try await store.issue(Self.token("1")))
    }

    @Test("a check finds a store that works", arguments: StoreKind.allCases)
    func check(kind: StoreKind) async throws {
        let folder = try TemporaryFolder()
        try await kind.make(in: folder).check()
    }

    @Test("a file keeps everything over a restart, and another process sees it at once")
    func durable() async throws {
        let folder = try TemporaryFolder()
        let token = try Self.token("1")
        let first = try SQLiteTokenStore(path: folder.path("state.db"))
        #expect(first.isNew)
        _ = try await first.issue(token)
        let second = try SQLiteTokenStore(path: folder.path("state.db"))
        #expect(!second.isNew)
        #expect(try await second.token(token.digest) == token)
        #expect(try await !second.issue(Self.token("1")))
        _ = try await second.revoke(token.digest)
        #expect(try await first.token(token.digest) == nil)
    }

    @Test("two nodes on one database are one: tokens, replays and revocations of one hold at the other")
    func nodes() async throws {
        let address = try PostgresServer.shared.get().database()
        async let started = PostgresTokenStore(address: address, node: "one")
        let two = try await PostgresTokenStore(address: address, node: "two")
        let one = try await started
        #expect(one.isNew != two.isNew)
        let (token, lost) = (try Self.token("1"), try Self.token("2"))
        #expect(try await one.issue(token))
        #expect(try await two.token(token.digest) == token)
        #expect(try await !two.issue(Self.token("1")))
        #expect(try await two.issue(lost))
        try await one.markRecorded(token.digest)
        try await one.check()
        #expect(try await one.unrecorded().isEmpty)
        #expect(try await two.unrecorded() == [lost])
        #expect(try await two.revoke(token.digest) == token)
        #expect(try await one.token(token.digest) == nil)
    }

    @Test("of a thousand at once at two nodes exactly one is first, in whichever order they come")
    func raceOfNodes() async throws {
        let address = try PostgresServer.shared.get().database()
        let one = try await PostgresTokenStore(address: address, node: "one")
        let two = try await PostgresTokenStore(address: address, node: "two")
        let firsts = try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
            for index in 0..<1000 {
                // Each node has the ten ids in another order, so that their transactions wait for each other.
                let id = index % 2 == 0 ? index / 2 % 10 : 9 - index / 2 % 10
                let store = index % 2 == 0 ? one : two
                group.addTask { (id, try await store.issue(Self.token("\(id)"))) }
            }
            return try await group.reduce(into: [Int: Int]()) { $0[$1.0, default: 0] += $1.1 ? 1 : 0 }
        }
        #expect(firsts == Dictionary(uniqueKeysWithValues: (0..<10).map { ($0, 1) }))
    }

    @Test("a database that is gone is an error, and nothing hangs")
    func unreachable() async throws {
        await #expect(throws: BrokerFault.state) {
            try await PostgresTokenStore(address: "host=127.0.0.1 port=1 connect_timeout=2", node: "one")
        }
    }

    @Test("tables of a time without versions are taken over with their rows")
    func unversioned() async throws {
        let address = try PostgresServer.shared.get().database()
        let old = try await PostgresTokenStore(address: address, node: "one")
        let token = try Self.token("1")
        #expect(try await old.issue(token))
        try PostgresServer.shared.get().run("DROP TABLE inject_schema; DROP TABLE inject_probe", at: address)
        let new = try await PostgresTokenStore(address: address, node: "one")
        #expect(!new.isNew)
        #expect(try await new.token(token.digest) == token)
        #expect(try await !new.issue(Self.token("1")))
        try await new.check()
    }

    @Test("tables of a later version are refused, and nothing is changed")
    func laterPostgres() async throws {
        let address = try PostgresServer.shared.get().database()
        _ = try await PostgresTokenStore(address: address, node: "one")
        let change = "INSERT INTO inject_schema VALUES (99, now()); DROP TABLE inject_probe"
        try PostgresServer.shared.get().run(change, at: address)
        await #expect(throws: BrokerFault.laterState) { try await PostgresTokenStore(address: address, node: "one") }
        let left = try PostgresServer.shared.get().run(
            "SELECT count(*) FROM pg_tables WHERE tablename = 'inject_probe'", at: address)
        #expect(left == "0")
    }

    @Test("a migration that fails leaves nothing behind, and the next start does all of it")
    func failingMigration() async throws {
        let address = try PostgresServer.shared.get().database()
        // The last table of the first migration needs a type of its own name.
        try PostgresServer.shared.get().run("CREATE TYPE inject_probe AS ENUM ()", at: address)
        await #expect(throws: BrokerFault.state) { try await PostgresTokenStore(address: address, node: "one") }
        let tables = "SELECT count(*) FROM pg_tables WHERE tablename LIKE 'inject_%'"
        #expect(try PostgresServer.shared.get().run(tables, at: address) == "0")
        try PostgresServer.shared.get().run("DROP TYPE inject_probe", at: address)
        let store = try await PostgresTokenStore(address: address, node: "one")
        #expect(store.isNew)
        #expect(try PostgresServer.shared.get().run(tables, at: address) == "4")
    }

    @Test("a file of a later version is refused, and nothing is changed")
    func laterSQLite() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state.db")
        let token = try Self.token("1")
        let store = try SQLiteTokenStore(path: path)
        #expect(try await store.issue(token))
        let script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()"
        let change = { (statement: String) in _ = try Python.run(script, arguments: [path, statement]) }
        try change("INSERT INTO grdb_migrations VALUES ('99')")
        #expect(throws: BrokerFault.laterState) { try SQLiteTokenStore(path: path) }
        try change("DELETE FROM grdb_migrations WHERE identifier = '99'")
        #expect(try await SQLiteTokenStore(path: path).token(token.digest) == token)
    }

    @Test("a file of the first version keeps its tokens, its uses, and which are not recorded")
    func firstSQLite() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("state.db")
        let tokens = try [Self.token("1"), Self.token("2")]
        let script = """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1])
            c.executescript(\"""
                CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
                INSERT INTO grdb_migrations VALUES ('1');
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
            \""")
            for is_recorded, (digest, content, issuer, use) in enumerate(zip(*[iter(sys.argv[2:])] * 4)):
                c.execute("INSERT INTO uses VALUES (?, ?, 1000)", (issuer.encode(), bytes.fromhex(use)))
                c.execute("INSERT INTO tokens VALUES (?, ?, 1000, ?)", (bytes.fromhex(digest), content, is_recorded))
            c.commit()
            """
        let rows = tokens.flatMap { token in
            [token.digest.hexadecimal, token.storedText, token.use.issuer, Base16.text(token.use.id)]
        }
        _ = try Python.run(script, arguments: [path] + rows)
        let store = try SQLiteTokenStore(path: path)
        #expect(!store.isNew)
        #expect(try await store.unrecorded() == [tokens[0]])
        for token in tokens {
            #expect(try await store.token(token.digest) == token)
            #expect(try await !store.issue(token))
        }
    }

    @Test("of a token the file has the digest alone")
    func digestOnly() async throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteTokenStore(path: folder.path("state.db"))
        _ = try await store.issue(Self.token("1"))
        for name in try folder.contents() {
            let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path(name))), as: UTF8.self)
            #expect(!text.contains("inj_"))
        }
    }

    @Test("a file that is no database, or a folder that is not there, is an error", arguments: ["text", "no/state.db"])
    func bad(name: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("text", String(repeating: "not a database\n", count: 1000))
        #expect(throws: BrokerFault.state) { try SQLiteTokenStore(path: folder.path(name)) }
    }
}
