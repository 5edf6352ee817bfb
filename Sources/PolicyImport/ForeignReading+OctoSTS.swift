internal import YAMLSyntax

extension ForeignReading {
    /// Source: octo-sts, `pkg/octosts/trust_policy.go`: every part that is there must match, patterns from end to end.
    mutating func readOctoSTS(_ root: YAMLNode) {
        let known = ["issuer", "subject", "subject_pattern", "audience", "audience_pattern", "claim_pattern"]
        let parts = known + ["permissions", "repositories"]
        guard root["issuer"]?.text == Self.issuer else {
            return leaveOut("the policy", "its issuer is not GitHub's, or is a pattern")
        }
        if let unknown = root.pairs.first(where: { !parts.contains($0.key) }) {
            return leaveOut("the policy", "`\(unknown.key)` is not known")
        }
        remark("permissions of GitHub have no counterpart: this policy is about secrets")
        if root["audience"] != nil || root["audience_pattern"] != nil {
            remark("the audience is set by `exchange`, or by --audience")
        }
        do {
            let subjects = try Self.subjects(root)
            let claims = root["claim_pattern"]?.pairs ?? []
            add("the policy", subjects: subjects) { grant throws(Inexpressible) in
                for claim in claims {
                    let patterns = try RegularExpression.alternatives(of: claim.value.text ?? "[")
                    try grant.require(
                        claim.key, patterns.map { pattern throws(Inexpressible) in try pattern.pattern() })
                }
            }
        } catch {
            leaveOut("the policy", "\(error.part) cannot be said in inject.yaml")
        }
    }

    private static func subjects(_ root: YAMLNode) throws(Inexpressible) -> [ForeignPattern]? {
        if let subject = root["subject"] {
            guard let text = subject.text, root["subject_pattern"] == nil else { throw Inexpressible("its `subject`") }
            return [.exact(text)]
        }
        return try root["subject_pattern"].map { node throws(Inexpressible) in
            try RegularExpression.alternatives(of: node.text ?? "[")
        }
    }
}
