import OIDC
import Policy

/// The name by which CloudTrail shows a job's session: it leads from an access back to the run.
struct SessionName {
    let text: String

    /// `inject-<repository_id>-<run_id>-<run_attempt>`, or GitLab's ids, or what the subject leaves.
    init(_ claims: ClaimSet, subject: [UInt8]) {
        let github = Self.joined(["repository_id", "run_id", "run_attempt"], claims)
        let gitlab = Self.joined(["project_id", "pipeline_id", "job_id"], claims)
        text = "inject-" + (github ?? gitlab ?? Self.fitted(subject))
    }

    private static let longest = 64 - "inject-".utf8.count

    /// The ids with hyphens between, if all are there, are numbers, and fit.
    private static func joined(_ names: [String], _ claims: ClaimSet) -> String? {
        let values = names.compactMap { claims[$0] }
        guard values.count == names.count,
            values.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        let text = values.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
        return text.utf8.count <= longest ? text : nil
    }

    private static func fitted(_ subject: [UInt8]) -> String {
        let allowed = subject.prefix(longest).map { byte in
            let isAllowed =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "_+=,.@-".utf8.contains(byte)
            return isAllowed ? byte : UInt8(ascii: "-")
        }
        return String(decoding: allowed, as: UTF8.self)
    }
}
