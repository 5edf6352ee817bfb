import AWSClient
import OIDC
import Policy

/// What AWS sees of a job's token beside what the policy's grants ask for: the two halves of a trust policy that refuses.
///
/// The claims are those that STS evaluates: many of GitHub's tokens, and of any other issuer's `aud` and `sub` alone. None
/// is a credential. Of those, only what a grant asks for is shown.
struct TrustTable {
    /// The claims that are shown even where no grant asks for them.
    private static let usual = ["repository_id", "environment", "ref", "job_workflow_ref"]

    let text: String

    init(_ identity: JobIdentity, grants: [Grant], policy: PolicyFile) {
        let token = ClaimSet(identity.token)
        var rows = [["claim", "this job's token says", "the grants need"]]
        rows.append(["aud", Self.shown(Array(identity.audience.utf8)), identity.audience])
        let isGitHub = policy.issuer == .github
        let subject = isGitHub ? Self.subject(grants, policy) : "anything"
        rows.append(["sub", Self.shown(identity.token.subject), subject])
        let claims = isGitHub ? Self.usual + GitHubConditionKeys.claims.filter { !Self.usual.contains($0) } : []
        for claim in claims {
            let need = Self.need(claim, grants, policy)
            guard need != "anything" || Self.usual.contains(claim) else { continue }
            rows.append([claim, token[claim].map(Self.shown) ?? "-", need])
        }
        text = Self.aligned(rows)
    }

    /// The patterns of `sub` that the role of `inject compile aws-iam` has, since a trust policy must have some.
    private static func subject(_ grants: [Grant], _ policy: PolicyFile) -> String {
        var patterns: [String] = []
        for grant in grants {
            let conditions = policy.impliedConditions(of: grant) + grant.conditions
            for pattern in SubjectPatterns.texts(for: conditions) where !patterns.contains(pattern) {
                patterns.append(pattern)
            }
        }
        return patterns.isEmpty ? "anything" : patterns.joined(separator: " or ")
    }

    /// The patterns of all grants on a claim; a trust policy must let in what any of them lets in.
    private static func need(_ claim: String, _ grants: [Grant], _ policy: PolicyFile) -> String {
        var patterns: [String] = []
        for grant in grants {
            let conditions = policy.impliedConditions(of: grant) + grant.conditions
            guard let condition = conditions.first(where: { $0.claim.utf8.elementsEqual(claim.utf8) }) else {
                return "anything"
            }
            for pattern in condition.patterns where !patterns.contains(pattern.glob.text) {
                patterns.append(pattern.glob.text)
            }
        }
        return patterns.joined(separator: " or ")
    }

    private static func shown(_ value: [UInt8]) -> String {
        String(decoding: value, as: UTF8.self).printable(limit: 120)
    }

    private static func aligned(_ rows: [[String]]) -> String {
        let widths = (0..<2).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count + 2)
            }
            return cells.joined() + row[2]
        }.joined(separator: "\n")
    }
}
