/// How values are masked.
package struct MaskOptions: Sendable {
    /// What stands in the output in place of a match.
    package let replacement: String
    /// The shortest value that is masked, in bytes.
    package let minimumValue: Int
    /// The shortest derived form or line of a value that is masked, in bytes.
    package let minimumForm: Int

    /// Sets the options; the defaults are the documented ones.
    package init(replacement: String = "***", minimumValue: Int = 4, minimumForm: Int = 8) {
        self.replacement = replacement
        self.minimumValue = minimumValue
        self.minimumForm = minimumForm
    }
}
