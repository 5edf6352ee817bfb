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

    func checkIDs() {
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
        let owners = Dictionary(files.map { (Array($0.1.utf8), $0.0) }) { first, _ in first }
        for (secret, path) in files {
            let bytes = Array(path.utf8)
            let slashes = bytes.indices.filter { bytes[$0] == UInt8(ascii: "/") }
            guard let other = slashes.lazy.compactMap({ owners[Array(bytes[..<$0])] }).first else { continue }
            findings.report(
                .policyCollision,
                "`\(secret.name)` is written below `\(other.name)`, which is a file and no folder",
                secret.span,
                help: "give one of them another `path`"
            )
        }
    }
}
