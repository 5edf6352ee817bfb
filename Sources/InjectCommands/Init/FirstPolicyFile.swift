internal import Diagnostics
internal import Policy
internal import PolicyLint

/// A first policy as a file, which the policy's own reader and linter have seen.
struct FirstPolicyFile {
    let text: String
    /// What it holds, in a few words.
    let summary: String
    /// A `.env.example` for it; nil where there is one, or nothing to put into it.
    let example: String?
    /// The file with values that git would take into the next commit; nil where there is none.
    let unignored: String?
    /// Workflows that nothing was taken from.
    let unreadable: [String]

    init(_ facts: RepositoryFacts, path: String, now: Int64) throws(Diagnostic) {
        let view = RepositoryReader.view(around: facts.root + "inject.yaml")
        let tokens = WorkflowTokens(view)
        let known = view[EnvironmentExample.name].map { EnvironmentExample.names(in: $0.bytes) }
        let ignored = [".env.local", ".env"].filter { Self.isIgnored($0, by: view[".gitignore"]) }
        var policy = FirstPolicyDraft(facts, tokens.jobs, localNames: known, ignored: ignored).policy
        policy.undecided = try Self.undecided(FirstPolicyText(policy).text, path, view, now)
        let writer = FirstPolicyText(policy)
        let local = policy.local?.secrets.map(\.name) ?? []
        text = writer.text
        let isExposed = !local.isEmpty && view.isRepository && !view.ignores(policy.localFile)
        unignored = isExposed ? policy.localFile : nil
        unreadable = tokens.unreadable
        summary = Self.summary(policy, questions: writer.questions)
        example = known == nil && !local.isEmpty ? EnvironmentExample.text(local, file: policy.localFile) : nil
    }

    /// What the linter has against a draft that only an answer can mend; an error is no question.
    private static func undecided(
        _ text: String,
        _ path: String,
        _ view: RepositoryView,
        _ now: Int64
    ) throws(Diagnostic) -> [(rule: String, question: String)] {
        let source = SourceText(name: path, bytes: Array(text.utf8))
        let subject = LintSubject(policy: source, repository: view, now: now)
        guard subject.policy != nil else { throw refusal(source) }
        var undecided: [(rule: String, question: String)] = []
        for found in PolicyLinter().findings(in: subject) where found.diagnostic.severity != .error {
            let isWorkflow = found.file?.contains(".github/workflows/") ?? false
            guard !isWorkflow, !undecided.contains(where: { $0.rule == found.facts.code }) else { continue }
            undecided.append((found.facts.code, found.diagnostic.message))
        }
        return undecided
    }

    private static func refusal(_ source: SourceText) -> Diagnostic {
        var reason = "its own reader refuses it"
        do {
            _ = try PolicyFile.parse(source)
        } catch {
            reason = error.diagnostics.first?.message ?? reason
        }
        return Diagnostic(
            .initRefused,
            "no first policy can be made of these workflows: \(reason)",
            [.help("write inject.yaml by hand; `inject lint` checks it")]
        )
    }

    private static func summary(_ policy: FirstPolicy, questions: Int) -> String {
        let secrets = policy.environments.map(\.secrets.count).reduce(policy.local?.secrets.count ?? 0, +)
        let grants = policy.environments.map(\.grants.count).reduce(policy.local?.secrets.isEmpty == false ? 1 : 0, +)
        let words = [(secrets, "secret"), (grants, "grant"), (questions, "question")].map { count, word in
            "\(count) \(word)\(count == 1 ? "" : "s")"
        }
        return words.joined(separator: ", ")
    }

    /// Whether a line of `.gitignore` is about a file, in one of the forms that are usual.
    private static func isIgnored(_ name: String, by source: SourceText?) -> Bool {
        let lines = source.map { String(decoding: $0.bytes, as: UTF8.self).split(whereSeparator: \.isNewline) } ?? []
        let forms = [name, "/" + name, ".env*"] + (name == ".env.local" ? [".env.*", ".env*.local", "*.local"] : [])
        return lines.contains { line in forms.contains { line.elementsEqual($0) } }
    }
}
