/// A wait before a request is sent again.
package struct AWSWait: Sendable {
    /// How long, in milliseconds.
    package let milliseconds: Int64
    /// Why, such as `SSM throttled`.
    package let reason: String
    /// Which try comes next, counted from 1.
    package let attempt: Int
    /// How many there are at most.
    package let maximum: Int

    /// One line for the log: `waiting 1.2 s: SSM throttled (2/6)`.
    package var text: String {
        let tenths = (milliseconds + 50) / 100
        return "waiting \(tenths / 10).\(tenths % 10) s: \(reason) (\(attempt)/\(maximum))"
    }
}
