package import LogMasking

/// How a command is run.
package struct RunOptions: Sendable {
    /// What the command inherits.
    package var environment = EnvironmentOptions()
    /// Where secret files may lie.
    package var places: SecretFolderPlaces
    /// Whether secret files are sealed memory instead, named by a descriptor.
    package var usesMemoryFiles = false
    /// What is masked in the output; nil leaves both streams alone.
    package var masking: MaskPatterns?
    /// Whether GitHub's runner may obey what the command prints; without masking it always may.
    package var allowsWorkflowCommands = true
    /// How long the command has to react to signals.
    package var timing = SignalTiming()

    /// The defaults, with these places for files.
    package init(places: SecretFolderPlaces) { self.places = places }
}
