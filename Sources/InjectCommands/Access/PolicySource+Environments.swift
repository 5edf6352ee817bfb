internal import Diagnostics
internal import Policy
internal import Secrets

extension PolicySource {
    /// The file's one environment, where it has one.
    var onlyEnvironment: PolicyEnvironment? {
        policy.environments.count == 1 ? policy.environments.first : nil
    }

    /// The file's one environment that is marked local: what a run on a developer's machine means.
    var onlyLocalEnvironment: PolicyEnvironment? {
        let local = policy.environments.filter(\.isLocal)
        return local.count == 1 ? local.first : nil
    }

    func environment(named name: String) throws(Diagnostic) -> PolicyEnvironment {
        if let environment = policy.environment(name) { return environment }
        let names = policy.environments.map(\.name)
        let meant = Suggestion.nearest(to: name, among: names).map { [Diagnostic.Remark.help("did you mean `\($0)`?")] }
        throw Diagnostic(
            .environmentUnknown,
            "the policy `\(text.name)` has no environment `\(name)`",
            [.note("it has \(Self.list(names))")] + (meant ?? [])
        )
    }

    /// The one environment in which the claims may read something.
    func environment(
        readableWith claims: ClaimSet, by index: PolicyIndex, at now: Int64
    ) throws(Diagnostic) -> PolicyEnvironment {
        let readable = policy.environments.filter { environment in
            environment.secrets.contains {
                index.allows(environment: environment.name, secret: $0.name.text, claims: claims, at: now)
            }
        }
        guard let environment = readable.first else {
            throw Diagnostic(
                .nothingGranted,
                "the policy `\(text.name)` grants this token nothing in any environment",
                [.help("`inject explain` says which claim of which grant does not match")]
            )
        }
        guard readable.count == 1 else {
            throw Diagnostic(
                .environmentAmbiguous,
                "the token may read \(Self.list(readable.map(\.name))), and a command gets the secrets of one",
                [.help("name it: `--environment \(environment.name)`")]
            )
        }
        return environment
    }

    private static func list(_ names: [String]) -> String {
        names.map { "`\($0)`" }.joined(separator: ", ")
    }
}

extension Diagnostic.ID {
    /// The policy has no environment of this name.
    static let environmentUnknown = Diagnostic.ID("environment-unknown")
    /// No environment was named, and the token may read several.
    static let environmentAmbiguous = Diagnostic.ID("environment-ambiguous")
    /// The policy grants the token nothing.
    static let nothingGranted = Diagnostic.ID("nothing-granted")
}
