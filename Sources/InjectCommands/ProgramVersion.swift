/// The version that `--version`, the user agent and the reports name.
package enum ProgramVersion {
    /// Semantic version; changed together with CHANGELOG.md, which a test checks.
    package static let text = "0.1.0"
}
