internal import AWSClient
internal import Diagnostics
internal import Policy
internal import Secrets

extension CompiledRole {
    /// Why roles cannot be made side by side; nil where they can.
    ///
    /// Two of one name would be one role, that reads for both environments; of two resources of one name in a template, the
    /// tools take the last.
    static func clash(among roles: [CompiledRole], inTemplate: Bool) -> Diagnostic? {
        for (number, role) in roles.enumerated() {
            if let fault = role.repeatedID { return fault }
            for other in roles[..<number] {
                let names = "`\(other.environment.name)` and `\(role.environment.name)`"
                let isOne = role.role.name.lowercased() == other.role.name.lowercased()
                if isOne, role.role.account == other.role.account {
                    return role.refusal(
                        "environments \(names) have the same role, `\(role.role.name)`",
                        help: "give each environment a role of its own"
                    )
                }
                if inTemplate, role.word("") == other.word("") {
                    return role.refusal(
                        "environments \(names) have the same letters and digits, and a template's names nothing else",
                        help: "rename one of them"
                    )
                }
            }
        }
        return nil
    }

    /// A statement's id that another of the role's statements has too.
    private var repeatedID: Diagnostic? {
        var seen: Set<String> = []
        guard let id = statementIDs.first(where: { !seen.insert($0).inserted }) else { return nil }
        return refusal(
            "two rules about `\(environment.name)` would have the id `\(id)`, in which only letters and digits count",
            help: "rename one of the grants or rules"
        )
    }

    private func refusal(_ message: String, help: String) -> Diagnostic {
        Diagnostic(.compileRefused, message, at: .span(environment.span, label: nil), [.help(help)])
    }

    /// The secrets of an environment, its own or another, that the role would read although no grant of its own does: AWS
    /// gives a whole resource, where a policy names one member of it, or one version.
    func overreach(into other: PolicyEnvironment) -> [Diagnostic] {
        guard environment.widening?.claims.contains("read") != true else { return [] }
        let own = resources.filter { entry in granted.contains { $0.name == entry.secret.name } }
        return resources(of: other).compactMap { theirs in
            guard !own.contains(where: { $0.secret.reference.covers(theirs.secret.reference) }),
                let (secret, _) = own.first(where: { Self.isSame($0.arn, theirs.arn) })
            else { return nil }
            let path = "\(other.name)/\(theirs.secret.name)"
            return Diagnostic(
                .compileWidens,
                "the role of `\(environment.name)` would read \(path) too: AWS holds it in one secret with "
                    + "\(environment.name)/\(secret.name)",
                at: .span(secret.span, label: nil),
                [
                    .help(
                        """
                        put them into secrets of their own, or accept it beside the role:
                        allow_widening: [\(((environment.widening?.claims ?? []) + ["read"]).joined(separator: ", "))]
                        reason: "…"
                        """)
                ]
            )
        }
    }

    /// The secrets of an environment that AWS holds; those of one without a role may be in this role's account.
    private func resources(of other: PolicyEnvironment) -> [Resource] {
        guard case .aws(let text, let region) = other.exchange, let role = try? RoleARN(text) else {
            return Self.resources(of: other, role: role, region: region)
        }
        return Self.resources(of: other, role: role, region: region)
    }

    /// Whether two patterns can name one resource, of which each `?` is any character.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        let any = UInt8(ascii: "?")
        return left.utf8.count == right.utf8.count
            && zip(left.utf8, right.utf8).allSatisfy { $0 == $1 || $0 == any || $1 == any }
    }
}

extension SecretReference {
    /// Whether who reads this has the other, too: it is the same, or a member of it.
    fileprivate func covers(_ other: SecretReference) -> Bool {
        guard self != other, case .secretsManager(let id, nil, let version) = self else { return self == other }
        guard case .secretsManager(id, _, version) = other else { return false }
        return true
    }
}
