internal import Diagnostics
internal import Injection
internal import Secrets
internal import YAMLSyntax

/// Whether a project of Docker Compose takes the secrets as secrets, which `docker inspect` does not show.
///
/// Source: docs.docker.com/reference/compose-file/secrets: a secret's source is a variable of Compose's own environment,
/// which is copied into the container, or a file, which is mounted from this machine.
struct ComposeCheck {
    let project: ComposeFiles
    let secrets: [InjectedSecret]
    /// Secret files are descriptors of the processes that inject starts.
    let usesMemoryFiles: Bool

    /// What keeps the project from starting.
    var errors: [Diagnostic] { project.files.flatMap(\.secrets).compactMap(error) }

    /// What somebody should look at.
    var warnings: [Diagnostic] { project.files.flatMap(\.services).flatMap(shown) + unseen + unread + unused }

    private var names: [String] { secrets.compactMap { $0.delivery.variable?.text } }
    private var pathNames: [String] { secrets.compactMap { $0.delivery.file?.pathVariable.text } }

    private func error(_ pair: YAMLNode.Pair) -> Diagnostic? {
        if let source = pair.value.pair("environment")?.value, let name = source.text {
            let isSet = names.contains { $0.utf8.elementsEqual(name.utf8) } || project.variables.has(name)
            // A file that was not read may set it.
            return isSet || !project.variables.unread.isEmpty ? nil : missing(pair.key, name, source.span)
        }
        guard usesMemoryFiles || isDetached, let source = pair.value.pair("file")?.value, let path = source.text,
            let name = pathNames.first(where: { Self.mentions($0, path) })
        else { return nil }
        guard !usesMemoryFiles else {
            return Diagnostic(
                .composeFileMemory,
                "`\(name)` names a descriptor, and the engine would mount one of its own",
                at: .span(source.span, label: nil),
                [.help("leave out `--memfd`")]
            )
        }
        return Diagnostic(
            .composeFileGone,
            "`\(name)` names a file that ends with inject, and the containers live on",
            at: .span(source.span, label: nil),
            [.help("let the policy deliver it as a variable and use `environment:` here, or stay in the foreground")]
        )
    }

    private func missing(_ secret: String, _ name: String, _ span: SourceSpan) -> Diagnostic {
        let meant = Suggestion.nearest(to: name, among: names).map { "did you mean `\($0)`?" }
        return Diagnostic(
            .composeSecretMissing,
            "the secret `\(secret)` comes from `\(name)`, and this job may read no such secret",
            at: .span(span, label: meant),
            [.help("grant it in the policy, or name one of \(names.map { "`\($0)`" }.joined(separator: ", "))")]
        )
    }

    /// Files are mounted, so they have to be there for as long as the containers are.
    private var isDetached: Bool {
        ComposeDetachment(command: project.command).isDetached
    }

    // MARK: - Warnings

    private func shown(_ service: YAMLNode.Pair) -> [Diagnostic] {
        names.compactMap { name -> Diagnostic? in
            guard let span = Self.place(of: name, in: service.value["environment"]) else { return nil }
            return Diagnostic(
                .warning,
                .composeSecretShown,
                "`docker inspect` shows `\(name)`, which the service `\(service.key)` gets as a variable",
                at: .span(span, label: nil),
                [.help("declare it below `secrets:` with `environment: \(name)`, and read /run/secrets")]
            )
        }
    }

    private var unseen: [Diagnostic] {
        project.unseen.map { span in
            Diagnostic(
                .warning,
                .composeFileUnseen,
                "only Compose finds this file, so nothing is known of its secrets",
                at: .span(span, label: nil),
                [.help("name a file of this machine without variables, or look at what `docker compose config` prints")]
            )
        }
    }

    private var unread: [Diagnostic] {
        project.variables.unread.map { path in
            Diagnostic(
                .warning,
                .composeFileUnseen,
                "only Compose can read these variables, so a secret that nothing sets is not noticed",
                at: .file(path),
                [.help("check the file's permissions and its `$`, or look at what `docker compose config` prints")]
            )
        }
    }

    /// Where a service's variables take a variable of Compose's environment: `NAME`, `NAME:`, `…$NAME…` or `…${NAME…`.
    private static func place(of name: String, in environment: YAMLNode?) -> SourceSpan? {
        guard let environment else { return nil }
        if let pair = environment.pairs.first(where: { taken($0, name) }) { return pair.keySpan }
        return environment.elements.first { element in
            guard let text = element.text else { return false }
            return text.utf8.elementsEqual(name.utf8) || mentions(name, text)
        }?.span
    }

    private static func taken(_ pair: YAMLNode.Pair, _ name: String) -> Bool {
        let value = pair.value.text ?? ""
        let isPassedOn = value.isEmpty || value == "null" || value == "~"
        return isPassedOn && pair.key.utf8.elementsEqual(name.utf8) || mentions(name, value)
    }

    private static func mentions(_ name: String, _ text: String) -> Bool {
        for start in ["$\(name)", "${\(name)"] {
            for range in text.ranges(of: start) {
                let next = text[range.upperBound...].utf8.first
                let goesOn = next.map {
                    ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || (0x30...0x39).contains($0) || $0 == 0x5F
                }
                if goesOn != true { return true }
            }
        }
        return false
    }

    private var unused: [Diagnostic] {
        // A file that was not seen may name them all.
        guard !project.files.isEmpty, project.unseen.isEmpty else { return [] }
        return (names + pathNames).compactMap { name in
            guard !project.files.contains(where: { String(decoding: $0.source.bytes, as: UTF8.self).contains(name) })
            else {
                return nil
            }
            return Diagnostic(
                .warning,
                .composeSecretUnused,
                "no file of the project names `\(name)`, so no container gets it",
                [.help("declare it: `secrets: { name: { environment: \(name) } }`, or leave it out with `--only`")]
            )
        }
    }
}

extension Diagnostic.ID {
    /// A secret of a Compose file comes from a variable that nothing sets.
    static let composeSecretMissing = Diagnostic.ID("compose-secret-missing")
    /// Containers would outlive the file that one of their secrets is.
    static let composeFileGone = Diagnostic.ID("compose-file-gone")
    /// A secret's file would be a descriptor, which the engine does not have.
    static let composeFileMemory = Diagnostic.ID("compose-file-memory")
    /// A container's configuration would hold a secret.
    static let composeSecretShown = Diagnostic.ID("compose-secret-shown")
    /// A project has a file that only Compose finds.
    static let composeFileUnseen = Diagnostic.ID("compose-file-unseen")
    /// A secret is fetched, and no container gets it.
    static let composeSecretUnused = Diagnostic.ID("compose-secret-unused")
}
