internal import Broker

/// Where a piece of work stands in its transaction: all nodes lock rows in this order.
struct LockOrder: Comparable, Sendable {
    private let table: Int
    private let key: [[UInt8]]

    /// The use of a job's token; the new token beside it is nobody else's to lock.
    static func use(_ use: TokenUse) -> LockOrder { LockOrder(table: 0, key: [Array(use.issuer.utf8), use.id]) }

    /// A token.
    static func token(_ digest: TokenDigest) -> LockOrder { LockOrder(table: 1, key: [digest.bytes]) }

    /// Rows of which it is not known in advance which they are.
    static let any = LockOrder(table: 2, key: [])

    static func < (one: LockOrder, other: LockOrder) -> Bool {
        guard one.table == other.table else { return one.table < other.table }
        return one.key.lexicographicallyPrecedes(other.key) { $0.lexicographicallyPrecedes($1) }
    }
}
