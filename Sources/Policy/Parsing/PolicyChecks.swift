internal import Diagnostics
internal import Secrets
internal import YAMLSyntax

/// The rules that look at more than one place of the file.
struct PolicyChecks {
    let findings: Findings
    let file: PolicyFile
    let root: YAMLNode

    func run() {
        checkRepository()
        checkIDs()
        for environment in file.environments {
            checkCollisions(environment)
            checkFolders(environment)
            for grant in environment.grants {
                checkTimes(grant)
                checkBreakGlass(grant)
                if environment.isProtected { checkPins(grant) }
            }
        }
    }

    /// Without it a token of any repository of the issuer would do.
    private func checkRepository() {
        guard [.github, .gitlab].contains(file.issuer), case .mapping(let pairs) = root.content,
            !pairs.contains(where: { $0.key.utf8.elementsEqual("repository".utf8) })
        else { return }
        let site = file.issuer == .github ? "GitHub" : "GitLab"
        findings.report(
            .policyMissingKey,
            "the policy needs `repository`, or a job of any repository on \(site) could use its grants",
            root.span.firstLine,
            help: "add `repository: OWNER/NAME`"
        )
    }

    private func checkIDs() {
        let ids =
            file.environments.flatMap { $0.grants.map { ($0.id, $0.span) } }
            + file.denies.map { ($0.id, $0.span) } + file.assertions.map { ($0.id, $0.span) }
        var seen: [[UInt8]: SourceSpan] = [:]
        for (id, span) in ids {
            guard let first = seen.updateValue(span, forKey: Array(id.utf8)) else { continue }
            findings.report(
                .policyDuplicate,
                "the id `\(id)` stands in line \(first.line) too, and audits could not tell the two apart",
                span,
                help: "give each its own id"
            )
        }
    }

    private func checkCollisions(_ environment: PolicyEnvironment) {
        var seen: [String: SecretName] = [:]
        for secret in environment.secrets {
            let file = secret.delivery.file
            let names = [secret.delivery.variable?.text, file?.pathVariable.text, (file?.path).map { "file " + $0 }]
            for name in names.compactMap({ $0 }) {
                guard let first = seen.updateValue(secret.name, forKey: name) else { continue }
                findings.report(
                    .policyCollision,
                    "`\(first)` and `\(secret.name)` are both delivered as `\(name)`",
                    secret.span,
                    help: "rename one with `env: OTHER_NAME` or another `path`"
                )
            }
        }
    }

    /// A file cannot stand where another needs a folder.
    private func checkFolders(_ environment: PolicyEnvironment) {
        let files = environment.secrets.compactMap { secret in secret.delivery.file.map { (secret, $0.path) } }
        for (secret, path) in files {
            guard let (other, _) = files.first(where: { path.utf8.starts(with: ($0.1 + "/").utf8) }) else { continue }
            findings.report(
                .policyCollision,
                "`\(secret.name)` is written below `\(other.name)`, which is a file and no folder",
                secret.span,
                help: "give one of them another `path`"
            )
        }
    }

    // MARK: - Grants

    private func checkTimes(_ grant: Grant) {
        guard let start = grant.notBefore, let end = grant.expires, end <= start else { return }
        findings.report(
            .policyBadValue,
            "grant `\(grant.id)` ends before it begins, so it never holds",
            grant.span,
            help: "write an `expires` after its `not_before`"
        )
    }

    /// Someone is in a hurry: the grant has an end, soon, and a human gate.
    private func checkBreakGlass(_ grant: Grant) {
        guard grant.isBreakGlass else { return }
        let isShort = grant.notBefore.flatMap { start in
            grant.expires.map { $0.subtractingReportingOverflow(start).partialValue <= 86_400 }
        }
        if isShort != true {
            findings.report(
                .policyBreakGlass,
                "break-glass grant `\(grant.id)` stays open for too long",
                grant.span,
                help: "add `not_before` and an `expires` at most 24 hours later"
            )
        }
        if !grant.pins("environment") {
            findings.report(
                .policyBreakGlass,
                "break-glass grant `\(grant.id)` can be used without an approval",
                grant.span,
                help: "add `environment:` with the name of a protected GitHub environment"
            )
        }
    }

    private func checkPins(_ grant: Grant) {
        var missing = grant.pins("event_name") ? [] : ["`event_name`"]
        if !grant.pins("environment") && !(grant.pins("ref") && grant.pins("workflow_ref")) {
            missing.append("`environment` (or both `ref` and `workflow_ref`)")
        }
        if !missing.isEmpty {
            findings.report(
                .policyProtected,
                "grant `\(grant.id)` opens a protected environment without pinning \(missing.joined(separator: " and "))",
                grant.span,
                help: "add \(missing.joined(separator: " and ")) to its `when`, without `*`"
            )
        }
        checkRepositoryID(grant)
    }

    private func checkRepositoryID(_ grant: Grant) {
        let claims = file.issuer.repositoryClaims
        guard !grant.pins(claims.id), !file.impliedConditions(of: grant).contains(where: { $0.claim == claims.id })
        else { return }
        let isOwn = grant.condition(on: claims.name) == nil || file.implied.allSatisfy { $0.claim != claims.id }
        findings.report(
            .policyProtected,
            "grant `\(grant.id)` trusts the repository's name, which somebody can register again after a rename",
            grant.span,
            help: isOwn
                ? "add `repository_id` to the policy" : "add `\(claims.id)` beside `\(claims.name)` in its `when`"
        )
    }
}

extension Grant {
    /// Whether the claim must be one of a few exact texts.
    fileprivate func pins(_ claim: String) -> Bool {
        condition(on: claim).map { $0.isExact && !$0.patterns.isEmpty } ?? false
    }
}
