internal import Diagnostics
internal import Injection
internal import LogMasking

/// What must not be seen of what a job was given.
struct JobMasks {
    let console: Console

    /// The masks for the values and the tokens; GitHub's runner is told of them, and the user of what has none.
    func patterns(_ values: [MaskedValue]) throws(Diagnostic) -> MaskPatterns {
        do {
            let patterns = try MaskPatterns(values)
            for value in patterns.unmaskable { console.report(UnmaskableText.diagnostic(value)) }
            if console.isGitHub { try GitHubMasks(console: console).register(values, patterns) }
            return patterns
        } catch let failure as Diagnostic {
            throw failure
        } catch {
            throw Diagnostic(.secretMemory, "there is no memory for the masks")
        }
    }
}
