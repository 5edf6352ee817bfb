package import Diagnostics

/// How a policy wants to be linted.
package struct LintSettings: Sendable {
    /// A rule that is not reported in this repository, and why.
    package struct Ignored: Sendable {
        /// The rule's code or id.
        package let rule: String
        /// Why; never empty.
        package let reason: String
        /// Where the rule is named.
        package let span: SourceSpan
    }

    /// Who reads the findings; nil for the default.
    package let persona: String?
    /// The file of findings that were there before, below the policy's folder.
    package let baseline: String?
    /// Rules that are not reported.
    package let ignored: [Ignored]

    /// Settings of a file that says nothing of the kind.
    package static let none = LintSettings(persona: nil, baseline: nil, ignored: [])
}
