internal import Diagnostics
internal import Secrets
internal import YAMLSyntax

extension SecretParser {
    /// The delivery that `env` and `file` ask for; nil after a report.
    func delivery(
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
        if SecretFile.isInside(path) { return true }
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
