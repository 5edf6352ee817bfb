/// What was masked in one stream, without any value.
///
/// It is a function of the stream's bytes alone, however they were cut into writes. A masked run (matches that overlap
/// or touch, shown as one mask) counts once for each name that has a match in it.
package struct MaskReport: Hashable, Sendable {
    /// One name's part of the report.
    package struct Entry: Hashable, Sendable {
        /// The secret's name.
        package let name: String
        /// In how many masked runs it was found.
        package let count: Int
        /// The form of its longest match in the first of these runs; of equals, the first in `MaskForms.names`.
        package let form: String
        /// The line of the output, from 1 and ended by line feeds, on which the first of these runs is shown.
        package let firstLine: Int

        /// Describes an expected entry.
        package init(name: String, count: Int, form: String, firstLine: Int) {
            self.name = name
            self.count = count
            self.form = form
            self.firstLine = firstLine
        }
    }

    /// The names that were masked at least once, in the order they were registered.
    package let entries: [Entry]

    /// Describes an expected report.
    package init(entries: [Entry]) { self.entries = entries }
}
