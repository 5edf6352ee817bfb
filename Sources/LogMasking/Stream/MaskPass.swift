/// What one call of the masker works with.
struct MaskPass {
    let patterns: MaskPatterns
    let window: StreamWindow
    /// The window in one or two pieces; what could reach across their border stands in the first.
    let regions: [SearchRegion]
}
