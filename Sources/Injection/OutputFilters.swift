import LogMasking

/// What the command's output goes through on its way to inject's own.
struct OutputFilters {
    /// What is masked.
    let patterns: MaskPatterns
    /// Whether GitHub's runner may obey what the command prints.
    let allowsWorkflowCommands: Bool
}
