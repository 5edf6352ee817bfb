internal import Diagnostics

extension PolicyChecks {
    func checkTimes(_ grant: Grant) {
        guard let start = grant.notBefore, let end = grant.expires, end <= start else { return }
        findings.report(
            .policyBadValue,
            "grant `\(grant.id)` ends before it begins, so it never holds",
            grant.span,
            help: "write an `expires` after its `not_before`"
        )
    }

    /// Someone is in a hurry: the grant has an end, soon, and a human gate.
    func checkBreakGlass(_ grant: Grant) {
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

    func checkPins(_ grant: Grant) {
        let event = file.issuer.eventClaim
        var missing = grant.pins(event) ? [] : ["`\(event)`"]
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
