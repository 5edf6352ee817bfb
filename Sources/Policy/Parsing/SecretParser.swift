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

    private func name(_ text: String, _ span: SourceSpan) -> SecretName? {
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
                let meant = Suggestion.nearest(to: scheme, among: SecretReference.schemes)
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

    // MARK: - Delivery

    private func delivery(
        _ name: SecretName,
        _ span: SourceSpan,
        _ pairs: [String: YAMLNode.Pair]
    ) -> SecretDelivery? {
        var variable: SecretName? = name
        var variableSpan = span
        if let pair = pairs["env"], let text = findings.text(pair.value, "env") {
            variableSpan = pair.value.span
            variable = nil
            if text == "true" {
                findings.report(
                    .policyBadValue,
                    "the variable would be called `true`",
                    variableSpan,
                    help: "remove `env`: the variable has the secret's name"
                )
            } else if text != "false" {
                guard let renamed = self.name(text, variableSpan) else { return nil }
                variable = renamed
            } else if pairs["file"] == nil {
                findings.report(.policyFile, "`\(name)` would reach no command", variableSpan, help: "add `file`")
            }
        }
        let file = pairs["file"].flatMap { self.file($0.value, variable ?? name) }
        let names: [SecretName?] = [variable, file?.pathVariable]
        for delivered in names.compactMap(\.self) where delivered.isDangerous {
            findings.report(
                .policyDangerousName,
                "`\(delivered)` makes programs run code, so a secret's owner could run code in the job",
                variableSpan,
                help: "deliver it under another name with `env: OTHER_NAME`"
            )
            return nil
        }
        return SecretDelivery(variable: variable, file: file)
    }

    private func file(_ node: YAMLNode, _ name: SecretName) -> SecretFile? {
        guard let pairs = findings.pairs(node, PolicyKeys.secretFile),
            let path = pairs["path"], let text = findings.text(path.value, "path"), isInside(text, path.value.span),
            let pathVariable = self.name(name.text + "_FILE", node.span.firstLine)
        else { return nil }
        guard let mode = mode(pairs["mode"]) else { return nil }
        return SecretFile(path: text, mode: mode, pathVariable: pathVariable)
    }

    private func isInside(_ path: String, _ span: SourceSpan) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && $0.utf8.count <= 255 }
        if isPlain, path.utf8.count <= 1024, !path.utf8.contains(0) { return true }
        findings.report(
            .policyFile,
            "`\(path)` leaves the private folder",
            span,
            help: "write a relative path without `.` and `..`, such as `tls/server.key`"
        )
        return false
    }

    private func mode(_ pair: YAMLNode.Pair?) -> UInt16? {
        guard let pair else { return 0o400 }
        guard let text = findings.text(pair.value, "mode") else { return nil }
        let mode = text.utf8.first == UInt8(ascii: "+") ? nil : UInt16(text, radix: 8)
        if let mode, mode & 0o077 == 0, mode <= 0o700, mode & 0o400 != 0 { return mode }
        findings.report(
            .policyFile,
            "mode `\(text)` is not octal text for the owner alone",
            pair.value.span,
            help: "write \"0400\", or \"0500\" for a program"
        )
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
