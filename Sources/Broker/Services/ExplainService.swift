internal import Audit
internal import Policy
package import Secrets

/// What a job's token would open; it is not used up, and nothing is told that it would not open.
package struct ExplainService: Sendable {
    /// The answer about one secret.
    package struct Answer: Hashable, Sendable {
        /// The secret's name.
        package let path: SecretPath
        /// The grant that gives it; nil for a secret that is not granted, or is not there: which, is not told.
        package let grant: String?
    }

    /// The answers about all of them.
    package struct Explanation: Sendable {
        /// One for each.
        package let answers: [Answer]
        /// Whether the token opens nothing at all.
        package let opensNothing: Bool
    }

    private let core: BrokerCore

    /// A service of a broker.
    package init(_ core: BrokerCore) { self.core = core }

    /// Answers about the named secrets, or about all that are granted where none is named.
    package func explain(
        _ subject: SecretBytes,
        about names: [SecretPath],
        from origin: RequestOrigin
    ) async throws(Refusal) -> Explanation {
        let job = try await core.job(subject, from: origin)
        let (policy, granted) = job.granted(by: core).map { ($0, $1) } ?? (nil, [])
        let own = granted.map { Answer(path: $0.path, grant: $0.grant.id) }
        let answers = names.map { name in own.first { $0.path == name } ?? Answer(path: name, grant: nil) }
        var event = AuditEvent(.accessExplained, .success)
        job.describe(&event)
        // Whom no policy concerns has nothing to say in the log.
        let asked = names.isEmpty ? "(all)" : names.map(\.description).joined(separator: " ")
        event.object = AuditEvent.Object(name: policy == nil ? "(none)" : asked)
        event.policy = policy.map { AuditEvent.Policy(digest: $0.digest) }
        try await core.record([event])
        // To the log it is a question; whoever asks again and again is told so as if he had tried.
        if own.isEmpty { await core.noteFailure(of: job.claim("sub"), .grant("not-granted")) }
        return Explanation(answers: names.isEmpty ? own : answers, opensNothing: own.isEmpty)
    }
}
