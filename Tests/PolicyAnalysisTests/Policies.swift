import Diagnostics
import Policy
import PolicyAnalysis
import Testing

/// Small policies to ask about.
enum Policies {
    static func parsed(_ text: String) throws -> PolicyFile {
        try PolicyFile.parse(SourceText(name: "inject.yaml", bytes: Array(text.utf8)))
    }

    /// A policy with one environment `ci` and its secrets `A` and `B`.
    static func draft(grants: String, rest: String = "", head: String = "", environment: String = "") -> String {
        """
        version: "1"
        repository: acme/shop
        repository_id: "456789"
        \(head)
        environments:
          ci:
            \(environment)
            secrets:
              A: { from: "aws-sm:a" }
              B: { from: "aws-sm:b" }
            grants:
              \(grants)
        \(rest)
        """
    }

    /// The first assertion's proof, in a line: `proved`, `refuted`, and the token.
    static func proof(grant: String, _ assertion: String, deny: String = "") throws -> String {
        let rest = "\(deny)\nassert:\n  - { id: q, \(assertion), read: \"ci/**\" }"
        let policy = try parsed(draft(grants: "- { id: g, when: \(grant), read: A }", rest: rest))
        let proof = try PolicyProver(policy).proof(of: try #require(policy.assertions.first))
        switch proof.outcome {
        case .proved(let exhibit): return ["proved", exhibit?.witness.text].compactMap(\.self).joined(separator: ": ")
        case .refuted(let exhibit):
            return ["refuted", exhibit?.witness.text].compactMap(\.self).joined(separator: ": ")
        }
    }
}
