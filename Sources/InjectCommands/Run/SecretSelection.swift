internal import Diagnostics
internal import Policy
internal import Secrets

/// Which of the granted secrets a command gets.
struct SecretSelection {
    let access: Access

    /// The granted secrets, or those of them that were asked for; at least one.
    func granted(named names: [String]?) throws(Diagnostic) -> [GrantedSecret] {
        guard let names else {
            guard !access.granted.isEmpty else { throw nothing }
            return access.granted
        }
        var selected: [GrantedSecret] = []
        for name in names {
            guard let granted = access.granted.first(where: { $0.secret.name.text.utf8.elementsEqual(name.utf8) })
            else { throw refused(name) }
            selected.append(granted)
        }
        return selected
    }

    private var nothing: Diagnostic {
        Diagnostic(
            .nothingGranted,
            "the token may read no secret of `\(access.environment.name)`",
            access.denied.first.map { DecisionText.nearestMiss($0) } ?? []
                + [.help("inject explain --environment \(access.environment.name)")]
        )
    }

    private func refused(_ name: String) -> Diagnostic {
        let path = "\(access.environment.name)/\(name)"
        guard let decision = access.denied.first(where: { $0.secret.utf8.elementsEqual(name.utf8) }) else {
            let names = access.environment.secrets.map(\.name.text)
            let meant = Suggestion.nearest(to: name, among: names).map { "did you mean `\($0)`?" }
            return Diagnostic(
                .secretUnknown,
                "`\(access.environment.name)` has no secret `\(name)`",
                [.help(meant ?? "it has \(names.map { "`\($0)`" }.joined(separator: ", "))")]
            )
        }
        return Diagnostic(
            .secretDenied,
            "the token may not read `\(path)`",
            DecisionText.nearestMiss(decision) + [.help("inject explain \(path)")]
        )
    }
}

extension Diagnostic.ID {
    /// A secret that was asked for is not in the environment.
    static let secretUnknown = Diagnostic.ID("secret-unknown")
    /// A secret that was asked for is not granted.
    static let secretDenied = Diagnostic.ID("secret-denied")
}
