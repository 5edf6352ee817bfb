/// An answer of 200 is not what was asked for.
struct BrokerAnswerError: Error {
    /// What it is instead, behind `answered 200 with`; nothing secret is in it.
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
