/// What one call of the masker works with.
struct MaskPass {
    let patterns: MaskPatterns
    let tables: AutomatonTables
    let window: StreamWindow
}
