internal import Diagnostics
internal import YAMLSyntax

/// Reads the top of the file and hands each part to its own parser.
struct PolicyFileParser {
    let source: SourceText
    let findings: Findings

    func file(_ root: YAMLNode) -> PolicyFile? {
        // What a later version means by its keys is not ours to say.
        guard isVersionOne(root.pair("version")), let pairs = findings.pairs(root, PolicyKeys.file) else { return nil }
        let issuer = issuer(pairs["issuer"])
        let implied = implied(pairs, issuer)
        let defaults = DefaultsParser(findings: findings).defaults(pairs["defaults"]?.value)
        let conditions = ConditionParser(findings: findings, issuer: issuer)
        let declared = DeclaredNames(pairs["environments"]?.value)
        let parser = EnvironmentParser(
            findings: findings,
            defaults: defaults,
            conditions: conditions,
            declared: declared
        )
        let environments = environments(pairs["environments"]?.value, parser)
        let rules = RuleParser(findings: findings, conditions: conditions, declared: declared)
        let file = PolicyFile(
            source: source,
            issuer: issuer,
            implied: implied,
            repository: pairs["repository"].flatMap { $0.value.scalar },
            owners: pairs["owners"].map { findings.texts($0.value, "owners").map(\.text) } ?? [],
            defaults: defaults,
            environments: environments,
            denies: pairs["deny"].map { rules.denies($0.value) } ?? [],
            assertions: pairs["assert"].map { rules.assertions($0.value) } ?? [],
            tests: pairs["tests"].map { rules.tests($0.value) } ?? [],
            lint: LintSettingsParser(findings: findings).settings(pairs["lint"]?.value)
        )
        PolicyChecks(findings: findings, file: file, root: root).run()
        return file
    }

    func isVersionOne(_ pair: YAMLNode.Pair?) -> Bool {
        guard let pair, let text = findings.text(pair.value, "version"), text != "1" else { return true }
        findings.report(
            .policyBadValue,
            "this program reads version 1 of the policy, and the file says `\(text)`",
            pair.value.span,
            help: "write `version: \"1\"`, or use a newer inject"
        )
        return false
    }

    func issuer(_ pair: YAMLNode.Pair?) -> PolicyIssuer {
        guard let pair, let text = findings.text(pair.value, "issuer") else { return .github }
        if text == "github" { return .github }
        if text == "gitlab" { return .gitlab }
        if text.utf8.starts(with: "https://".utf8) || text.isPlainLoopbackURL {
            return PolicyIssuer(url: text)
        }
        findings.report(
            .policyBadValue,
            "`\(text)` is no issuer",
            pair.value.span,
            help: "write `github`, `gitlab`, or the `https://` URL that stands in the token's `iss`"
        )
        return .github
    }

    private func implied(_ pairs: [String: YAMLNode.Pair], _ issuer: PolicyIssuer) -> [ClaimCondition] {
        let names = issuer.repositoryClaims
        let keys = [
            ("repository", names.name), ("repository_id", names.id), ("repository_owner_id", names.ownerID),
        ]
        return keys.compactMap { key, claim in
            guard let pair = pairs[key], let text = findings.text(pair.value, key) else { return nil }
            guard let glob = try? Glob(text, claim: claim), glob.isLiteral else {
                findings.report(
                    .policyPattern,
                    "`\(key)` is one exact value, and `\(text)` is not",
                    pair.value.span,
                    help: "a grant for another repository names it in its own `when`"
                )
                return nil
            }
            guard isIdentity(text, key, issuer, pair.value.span) else { return nil }
            let pattern = ClaimPattern(glob: glob, span: pair.value.span)
            return ClaimCondition(claim: claim, patterns: [pattern], isNegated: false, span: pair.keySpan)
        }
    }

    /// A name without an owner, or a node id instead of a number, matches no token of the two known issuers.
    private func isIdentity(_ text: String, _ key: String, _ issuer: PolicyIssuer, _ span: SourceSpan) -> Bool {
        guard issuer == .github || issuer == .gitlab else { return true }
        if key == "repository" {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            let isPath = parts.count >= 2 && parts.allSatisfy { !$0.isEmpty }
            if isPath, issuer == .gitlab || parts.count == 2 { return true }
            let help = issuer == .github ? "write `OWNER/NAME`" : "write `GROUP/PROJECT`"
            findings.report(.policyBadValue, "no token's repository is `\(text)`", span, help: help)
            return false
        }
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
        let help =
            "write the number; for GitHub, `gh api repos/OWNER/NAME --jq .id` prints it (`.owner.id` for the owner)"
        findings.report(.policyBadValue, "no token's `\(key)` is `\(text)`", span, help: help)
        return false
    }

    private func environments(_ node: YAMLNode?, _ parser: EnvironmentParser) -> [PolicyEnvironment] {
        guard let node, let pairs = findings.pairs(node, named: "`environments`") else { return [] }
        if pairs.isEmpty {
            findings.report(.policyBadValue, "`environments` is empty", node.span, help: "name one, such as `dev:`")
        }
        return pairs.compactMap(parser.environment)
    }
}

extension YAMLNode {
    /// The text of a scalar.
    var scalar: String? { text }
}
