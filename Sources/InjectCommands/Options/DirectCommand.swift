/// A command whose arguments can be read directly.
protocol DirectCommand: DirectOptions, Subcommand {
    /// Takes what stands behind `--`; false where nothing may.
    mutating func take(behindTerminator words: [String]) -> Bool
}
