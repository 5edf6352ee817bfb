/// One text to look for, in a `PatternWriter`'s pages, and whom a match of it is credited to.
struct PatternEntry {
    let range: Range<Int>
    let credit: PatternCredit
    let interruption: Interruption
}
