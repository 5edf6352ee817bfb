internal import Broker
internal import CPostgres
internal import Glibc

// Sendable: only the writer that owns it uses it, from one thread at a time.
/// A connection to PostgreSQL that is made when it is needed, and anew after it broke.
final class PostgresSession: @unchecked Sendable {
    /// A statement failed.
    struct Failure: Error {
        /// PostgreSQL's code, such as `40P01` for a deadlock.
        let code: String
    }

    /// A value of a statement.
    enum Value {
        case bytes([UInt8])
        case text(String)
        case number(Int64)
    }

    /// How long a server that is silent is waited for; what the address says wins.
    private static let patience = [("connect_timeout", "5"), ("tcp_user_timeout", "10000"), ("keepalives_idle", "10")]

    private let address: String
    private var connection: OpaquePointer?

    init(_ address: String) { self.address = address }

    deinit { PQfinish(connection) }

    /// Does work in a transaction; work that lost a deadlock to another node is done again.
    func transaction(_ body: (PostgresSession) throws -> Void) throws {
        for attempt in 1...4 {
            do {
                try run("BEGIN", [])
                try body(self)
                try run("COMMIT", [])
                return
            } catch let failure as Failure {
                // What is not known to have been undone is undone by the connection's end.
                if (try? run("ROLLBACK", [])) == nil { disconnect() }
                guard ["40P01", "40001"].contains(failure.code), attempt < 4 else { throw failure }
            }
        }
    }

    /// Runs a statement with its values, and returns the rows, each column as the bytes of its text.
    @discardableResult
    func run(_ statement: String, _ values: [Value]) throws -> (rows: [[[UInt8]]], affected: Int) {
        let connection = try connected()
        let texts = values.map { Array($0.text.utf8) + [0] }
        let buffer = texts.flatMap(\.self).map { CChar(bitPattern: $0) }
        let result = buffer.withUnsafeBufferPointer { buffer in
            var offset = 0
            let pointers = texts.map { text -> UnsafePointer<CChar>? in
                defer { offset += text.count }
                return buffer.baseAddress.map { $0 + offset }
            }
            return PQexecParams(connection, statement, Int32(values.count), nil, pointers, nil, nil, 0)
        }
        defer { PQclear(result) }
        let status = PQresultStatus(result)
        guard status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK else {
            // 'C' is the field of the code (PG_DIAG_SQLSTATE).
            let code = PQresultErrorField(result, 0x43).map { String(cString: $0) } ?? ""
            if PQstatus(connection) != CONNECTION_OK { disconnect() }
            throw Failure(code: code)
        }
        return (Self.rows(result), PQcmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0)
    }

    private static func rows(_ result: OpaquePointer?) -> [[[UInt8]]] {
        (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { column in
                let count = Int(PQgetlength(result, row, column))
                let start = UnsafeRawPointer(PQgetvalue(result, row, column))
                return Array(UnsafeRawBufferPointer(start: start, count: count))
            }
        }
    }

    private func connected() throws -> OpaquePointer {
        if let connection { return connection }
        let fresh = Self.connect(Self.patience + [("dbname", address)])
        guard let fresh, PQstatus(fresh) == CONNECTION_OK else {
            PQfinish(fresh)
            throw Failure(code: "08000")
        }
        connection = fresh
        // A commit that is answered is on the disk, whatever the server's own setting.
        try run("SET synchronous_commit = on", [])
        return fresh
    }

    private static func connect(_ parameters: [(String, String)]) -> OpaquePointer? {
        let names = parameters.map { strdup($0.0) } + [nil]
        let values = parameters.map { strdup($0.1) } + [nil]
        defer { for text in names + values { free(text) } }
        // 1: an address in the place of a database's name is taken apart.
        let connection = PQconnectdbParams(names.map { UnsafePointer($0) }, values.map { UnsafePointer($0) }, 1)
        // Notices, such as of a table that is there already, would stand as text between the log's lines of JSON.
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        return connection
    }

    private func disconnect() {
        PQfinish(connection)
        connection = nil
    }
}

extension PostgresSession.Value {
    /// As PostgreSQL reads it; bytes in its hexadecimal form.
    fileprivate var text: String {
        switch self {
        case .bytes(let bytes): "\\x" + TokenDigest(bytes: bytes).hexadecimal
        case .text(let text): text
        case .number(let number): String(number)
        }
    }
}
