internal import Diagnostics
internal import Secrets
internal import YAMLSyntax

/// Reads one secret of an environment.
struct SecretParser {
    /// The kinds of secret.
    static let categories = ["database", "api-key", "jwt", "encryption", "infrastructure"]

    let findings: Findings
    let defaults: PolicyDefaults
    let isLocal: Bool

    func secret(_ pair: YAMLNode.Pair) -> SecretEntry? {
        guard let name = name(pair.key, pair.keySpan), let pairs = findings.pairs(pair.value, PolicyKeys.secret),
            let from = pairs["from"], let text = findings.text(from.value, "from"),
            let reference = reference(text, from.value.span),
            let delivery = delivery(name, pair.keySpan, pairs)
        else { return nil }
        return SecretEntry(
            name: name,
            span: pair.keySpan,
            from: text,
            reference: reference,
            delivery: delivery,
            isMasked: pairs["mask"] == nil || findings.flag(pairs["mask"], "mask"),
            owner: pairs["owner"].flatMap { findings.text($0.value, "owner") } ?? defaults.owner,
            maximumAge: DefaultsParser(findings: findings).maximumAge(pairs["max_age"]) ?? defaults.maximumAge,
            category: category(pairs["category"])
        )
    }

    func name(_ text: String, _ span: SourceSpan) -> SecretName? {
        if let name = SecretName(text) { return name }
        findings.report(
            .policyBadName,
            "`\(text)` cannot name an environment variable",
            span,
            help: "use letters, digits and `_`, and no digit first"
        )
        return nil
    }

    private func reference(_ text: String, _ span: SourceSpan) -> SecretReference? {
        do {
            let reference = try SecretReference(parsing: text)
            return isReachable(reference, span) ? reference : nil
        } catch {
            let schemes = SecretReference.schemes.map { "`\($0):`" }.joined(separator: ", ")
            switch error {
            case .noScheme:
                findings.report(.policyReference, "`from` names no store", span, help: "start it with \(schemes)")
            case .unknownScheme(let scheme):
                let meant = findings.nearest(to: scheme, among: SecretReference.schemes)
                let label = meant.map { "did you mean `\($0):`?" }
                let message = "there is no store `\(scheme)`"
                findings.report(.policyReference, message, span, label: label, help: "the stores are \(schemes)")
            case .malformed(let wanted):
                findings.report(.policyReference, "`from` is incomplete", span, help: "write \(wanted)")
            }
            return nil
        }
    }

    /// A file outside the repository is the developer's own, and only an environment of their machine may name it.
    private func isReachable(_ reference: SecretReference, _ span: SourceSpan) -> Bool {
        guard let path = reference.file else { return true }
        if path.utf8.first == UInt8(ascii: "/") {
            guard !isLocal else { return true }
            findings.report(
                .policyReference,
                "`\(path)` is a file of whatever machine the job runs on, and this environment is not local",
                span,
                help: "name a file below the policy's folder, or add `local: \"true\"` to the environment"
            )
            return false
        }
        guard path.split(separator: "/").contains("..") else { return true }
        findings.report(
            .policyReference,
            "`\(path)` leaves the repository",
            span,
            help: "name a file below the policy's folder, without `..`"
        )
        return false
    }

    private func category(_ pair: YAMLNode.Pair?) -> String? {
        guard let pair, let text = findings.text(pair.value, "category") else { return nil }
        if Self.categories.contains(text) { return text }
        let list = Self.categories.map { "`\($0)`" }.joined(separator: ", ")
        findings.report(.policyBadValue, "`\(text)` is no category", pair.value.span, help: "use one of \(list)")
        return nil
    }
}

extension SecretReference {
    /// The path of the file it reads, if it reads one.
    fileprivate var file: String? {
        switch self {
        case .dotenv(let file, _), .encrypted(let file, _): file
        case .file(let path): path
        case .secretsManager, .parameterStore: nil
        }
    }
}
