/// A wait between two tries, for a line such as `waiting for GitHub's token: …`.
package struct TokenRetry: Hashable, Sendable {
    /// The number of the try that failed, from 1.
    package let attempt: Int
    /// How long until the next try, in milliseconds.
    package let delay: Int64
    /// Why it failed, without a secret.
    package let reason: String

    /// The line that tells a person what is being waited for.
    package var text: String {
        "waiting \(delay / 1000).\(delay % 1000 / 100) s for GitHub's token (try \(attempt) failed: \(reason))"
    }
}
