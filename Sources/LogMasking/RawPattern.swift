/// An exact text to look for, for tests of the search itself: no minimum length and no derived forms.
package struct RawPattern: Hashable, Sendable {
    /// The name a match is credited to.
    package let name: String
    /// The form a match is reported as; forms rank in the order of their first use.
    package let form: String
    /// The text; ordinary memory, so never a real secret.
    package let bytes: [UInt8]
    /// How it is found although something stands between its bytes; the text needs at least eight then.
    package let interruption: Interruption

    /// Describes a pattern.
    package init(name: String, form: String = "raw", bytes: [UInt8], interruption: Interruption = .none) {
        self.name = name
        self.form = form
        self.bytes = bytes
        self.interruption = interruption
    }
}
