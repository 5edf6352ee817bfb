/// What was masked in one stream; never a value.
///
/// It does not depend on how the stream was cut into writes. A masked run, the overlapping and adjacent matches that became
/// one `***`, counts once for each secret with a match in it, in the form of the longest such match.
package struct MaskReport: Sendable, Equatable {
    /// One secret.
    package struct Entry: Sendable, Equatable {
        /// The secret's name.
        package let name: String
        /// In how many runs it was masked.
        package let count: Int
        /// The form it had in the first of them.
        package let form: String
        /// The line of the masked output in which the first of them stands, from 1.
        package let firstLine: Int

        /// Describes one secret's masking.
        package init(name: String, count: Int, form: String, firstLine: Int) {
            self.name = name
            self.count = count
            self.form = form
            self.firstLine = firstLine
        }
    }

    /// The secrets that were masked, in the order of the values.
    package let entries: [Entry]

    /// Describes a stream's masking.
    package init(entries: [Entry] = []) { self.entries = entries }

    /// Whether nothing was masked.
    package var isEmpty: Bool { entries.isEmpty }
}
