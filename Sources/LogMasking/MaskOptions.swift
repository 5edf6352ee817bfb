/// How masking is done.
package struct MaskOptions: Sendable {
    /// What stands in the output for each masked run.
    let mask: [UInt8]

    /// Makes options; an empty mask takes masked runs out without a trace.
    package init(mask: String = "***") { self.mask = Array(mask.utf8) }
}
