/// A text that `NaiveMasker` looks for.
package struct NaivePattern: Sendable {
    /// The name a match is credited to.
    package let name: String
    /// The form a match is reported as.
    package let form: String
    /// The place of the form; a lower one wins among equally long matches.
    package let rank: Int
    /// The text.
    package let bytes: [UInt8]
    /// How many bytes of the stream had been read when the pattern was added.
    package let addedAt: Int

    /// Where something may stand between its bytes.
    package enum Interruption: Sendable { case none, afterHead, anywhere }

    /// Where something may stand between its bytes.
    package let interruption: Interruption

    /// Describes a pattern.
    package init(
        name: String, form: String = "raw", rank: Int = 0, bytes: [UInt8], addedAt: Int = 0,
        interruption: Interruption = .none
    ) {
        self.name = name
        self.form = form
        self.rank = rank
        self.bytes = bytes
        self.addedAt = addedAt
        self.interruption = interruption
    }
}
