/// A wait before a broker is asked again.
package struct BrokerWait: Sendable {
    /// How long, in milliseconds.
    package let milliseconds: Int64
    /// Why, such as `the broker answered 503`.
    package let reason: String
    /// Which try comes next, counted from 1.
    package let attempt: Int
    /// How many there are at most.
    package let maximum: Int

    /// One line for the log: `waiting 1.2 s: the broker answered 503 (2/4)`.
    package var text: String {
        let tenths = (milliseconds + 50) / 100
        return "waiting \(tenths / 10).\(tenths % 10) s: \(reason) (\(attempt)/\(maximum))"
    }
}
