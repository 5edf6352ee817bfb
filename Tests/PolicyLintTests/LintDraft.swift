import Diagnostics
import Policy
import PolicyLint
import Testing

/// A repository of which a test changes one part.
struct LintDraft: Sendable, CustomTestStringConvertible {
    /// A time after which the grants of the tests hold: 2026-11-23T21:00:00Z.
    static let now: Int64 = 1_795_467_600

    var head = "repository: acme/shop\nrepository_id: \"456789\""
    var environment = ""
    var secrets = "KEY: { from: \"aws-sm:key\", max_age: 30d }"
    var grants = "- { id: a, when: { event_name: push, ref: refs/heads/main }, read: KEY }"
    var rest = ""
    /// The policy's own path.
    var path = "inject.yaml"
    /// Other files, by path.
    var files: [String: String] = [:]
    /// Git's index.
    var gitIndex: [UInt8]?
    /// The whole policy, instead of the parts.
    var whole: String?
    /// The policy before.
    var base: String?

    var testDescription: String { text + files.sorted { $0.key < $1.key }.map { "\n\($0.key):\n\($0.value)" }.joined() }

    var text: String {
        whole ?? """
            version: "1"
            \(head)
            environments:
              prod:
                \(environment)
                secrets:
                  \(secrets)
                grants:
                  \(grants)
            \(rest)
            """
    }

    /// A grant with these conditions.
    static func when(_ when: String) -> LintDraft { grant("when: { \(when) }") }

    /// A grant of these keys.
    static func grant(_ keys: String) -> LintDraft { LintDraft(grants: "- { id: a, \(keys), read: KEY }") }

    /// A grant with these conditions in a protected environment.
    static func locked(_ when: String, _ more: String = "") -> LintDraft {
        LintDraft(
            environment: "protected: \"true\"",
            grants: "- { id: a, when: { \(when) }, read: KEY\(more) }"
        )
    }

    /// A grant with these conditions in an environment with a role of AWS.
    static func aws(_ when: String, _ more: String = "") -> LintDraft {
        let role = "role: \"arn:aws:iam::111122223333:role/r\", region: eu-west-1"
        return LintDraft(
            environment: "exchange: { aws: { \(role)\(more) } }",
            grants: "- { id: a, when: { \(when) }, read: KEY }"
        )
    }

    var subject: LintSubject {
        LintSubject(
            policy: SourceText(name: path, bytes: Array(text.utf8)),
            repository: RepositoryView(
                policyPath: path,
                files: files.map { ($0.key, SourceText(name: $0.key, bytes: Array($0.value.utf8))) },
                gitIndex: gitIndex
            ),
            base: base.flatMap { text in
                try? PolicyFile.parse(SourceText(name: "base.yaml", bytes: Array(text.utf8)))
            },
            now: Self.now
        )
    }

    /// What a rule finds, as `ID «what the caret is below»`, or `ID FILE:LINE`.
    func findings(of rule: any LintRule) -> [String] {
        rule.findings(in: subject).map(Self.summary)
    }

    /// What all rules of a persona find together, without what is silenced.
    func findings(persona: Persona = .regular) -> [String] {
        PolicyLinter(persona: persona).findings(in: subject).map(Self.summary)
    }

    static func summary(_ finding: LintFinding) -> String {
        guard case .span(let span, _) = finding.diagnostic.place else {
            return "\(finding.diagnostic.id) \(finding.file ?? ""):\(finding.line)"
        }
        let excerpt = String(decoding: span.source.bytes[span.range], as: UTF8.self)
        return "\(finding.diagnostic.id) «\(excerpt)»"
    }
}
