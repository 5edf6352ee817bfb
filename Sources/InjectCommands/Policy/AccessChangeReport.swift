internal import Diagnostics
internal import Policy
internal import PolicyAnalysis
internal import PolicyLint
internal import StrictJSON

/// Changes of access, for people, pull requests and programs.
struct AccessChangeReport {
    let changes: [AccessChange]
    /// The policy whose own repository need not be said again.
    let policy: PolicyFile
    let jobs: AffectedJobs

    // MARK: - Text

    var text: String {
        changes.map(text).joined() + summary + "\n"
    }

    private func text(_ change: AccessChange) -> String {
        let start = change.direction == .gained ? "gained  " : "lost    "
        var text = start + paths(change) + (change.isProtected ? " (protected)\n" : "\n")
        text += "        \(cause(change))\n"
        text += "        \(tokens(change))\n"
        return text + "        token: \(change.witness.text)\n        jobs: \(jobNames(change))\n\n"
    }

    private func jobNames(_ change: AccessChange) -> String {
        guard let jobs = jobs.jobs(of: change) else { return "unknown, since the workflows have too many patterns" }
        return jobs.isEmpty ? "none of the workflows" : jobs.map(\.label).joined(separator: ", ")
    }

    private var summary: String {
        guard !changes.isEmpty else { return "nobody gains or loses access" }
        let gained = changes.count { $0.direction == .gained }
        let alarming = changes.count(where: \.isAlarming)
        let rest =
            alarming > 0 ? "; \(alarming) of the gains \(alarming == 1 ? "opens" : "open") a protected environment" : ""
        return "\(gained) gained, \(changes.count - gained) lost\(rest)"
    }

    private func paths(_ change: AccessChange, quote: String = "") -> String {
        change.secrets.map { "\(quote)\(change.environment.name)/\($0)\(quote)" }.joined(separator: ", ")
    }

    private func cause(_ change: AccessChange) -> String {
        let place = "\(change.grant.span.source.name):\(change.grant.span.line)"
        let grant = "grant \(change.grant.id), \(place)" + (change.isMoved ? ", from another place than before" : "")
        guard let rule = change.rule else { return "by \(grant)" }
        let denial = "\(rule.id), \(rule.span.source.name):\(rule.span.line)"
        return change.direction == .gained
            ? "by \(grant), no longer denied by \(denial)" : "by \(grant), now denied by \(denial)"
    }

    private func tokens(_ change: AccessChange) -> String {
        let implied = policy.implied.map { ($0.claim, $0.patterns.map { "`\($0.glob.text)`" }.joined()) }
        let told = change.claims.filter { claim in !implied.contains { $0 == (claim.name, claim.values) } }
        let claims = told.map { "\($0.name) is \($0.values)" }
        return claims.isEmpty ? "any token of the repository" : claims.joined(separator: "; ")
    }

    // MARK: - Markdown

    /// Fit for a comment on a pull request.
    var markdown: String {
        guard !changes.isEmpty else { return "**Access to secrets:** \(summary)\n" }
        var text =
            "**Access to secrets:** \(summary)\n\n| | secrets | who | by | such as | jobs |\n|---|---|---|---|---|---|\n"
        for change in changes {
            let sign = change.direction == .gained ? (change.isAlarming ? "⚠️ gained" : "gained") : "lost"
            let cells = [
                sign, paths(change, quote: "`"), tokens(change), cause(change), "`\(change.witness.text)`",
                jobNames(change),
            ]
            text += "| " + cells.map(Self.cell).joined(separator: " | ") + " |\n"
        }
        return text
    }

    private static func cell(_ text: String) -> String {
        text.replacing("|", with: "\\|").replacing("<", with: "&lt;").replacing("\n", with: " ")
    }

    // MARK: - Annotations

    /// An annotation a gain; a loss is seen when a job fails, and a gain never.
    var annotations: String {
        changes.filter { $0.direction == .gained }.map { change in
            Diagnostic(
                change.isAlarming ? .error : .warning,
                .accessGained,
                "\(paths(change)): gained\(change.isMoved ? " from another place than before" : "") by tokens of which "
                    + tokens(change),
                at: .span(change.grant.span, label: nil),
                [.note("token: \(change.witness.text)"), .note("jobs: \(jobNames(change))")]
            ).githubAnnotation
        }.joined()
    }

    // MARK: - JSON

    /// One object a change, one a line.
    var json: String { changes.map { json($0).line + "\n" }.joined() }

    private func json(_ change: AccessChange) -> JSONWriter {
        .object([
            ("change", .string(change.direction.rawValue)),
            ("secrets", .array(change.secrets.map { .string("\(change.environment.name)/\($0)") })),
            ("protected", .bool(change.isProtected)),
            ("grant", .string(change.grant.id)),
            ("file", .string(change.grant.span.source.name)),
            ("line", .integer(Int64(change.grant.span.line))),
            ("deny", .optional(change.rule?.id)),
            ("moved", .bool(change.isMoved)),
            ("claims", .object(change.claims.map { ($0.name, .string($0.values)) })),
            ("at", .string(Timestamp.text(change.witness.at))),
            ("token", .object(change.witness.claims.map { ($0.name, .string($0.value)) })),
            ("jobs", jobs.jobs(of: change).map { .array($0.map(json)) } ?? .null),
        ])
    }
}

extension AccessChangeReport {
    private func json(_ job: JobTokens) -> JSONWriter {
        .object([
            ("job", .string(job.id)), ("file", .string(job.workflow)), ("line", .integer(Int64(job.span.line))),
        ])
    }
}

extension Diagnostic.ID {
    /// A change of the policy opens a secret to tokens that could not read it.
    static let accessGained = Diagnostic.ID("access-gained")
}
