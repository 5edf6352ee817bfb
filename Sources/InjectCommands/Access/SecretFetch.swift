internal import Diagnostics
internal import EncryptedFile
internal import Injection
internal import OIDC
internal import Policy
internal import SecretStores
internal import Secrets
internal import TokenExchange

/// Fetches exactly what was granted.
struct SecretFetch {
    let access: Access
    let dialect: DotenvDialect

    /// The values alone.
    func secrets(_ wanted: [GrantedSecret]) throws -> [InjectedSecret] { try fetched(wanted).secrets }

    /// The values; every secret that cannot be had is reported, not just the first.
    func fetched(_ wanted: [GrantedSecret]) throws -> FetchedSecrets {
        try access.refuseForeignToken()
        if let broker = access.broker { return try broker.fetched(wanted, of: access) }
        return FetchedSecrets(
            secrets: try fromStores(wanted), keyVariables: AgeKeys.variables(for: wanted.map(\.secret.reference)))
    }

    private func fromStores(_ wanted: [GrantedSecret]) throws -> [InjectedSecret] {
        let requests = wanted.map { SecretRequest(name: $0.secret.name, reference: $0.secret.reference) }
        let root = StoreRoot(folder: access.source.root, allowsAbsolutePaths: access.environment.isLocal)
        let references = requests.map(\.reference)
        let ring = try AgeKeys.ring(for: references)
        let access = access
        let opened = try Blocking.wait(access.aws?.work ?? "opening the stores", until: access.deadline) {
            // A file that an age identity opens asks AWS for nothing, so nothing that AWS refuses keeps it shut.
            let keys = await EncryptedFileStore(root: root, services: [ring]).kmsKeys(of: references)
            return try await access.aws?.sessions(for: wanted, keys: keys, of: access) ?? []
        }
        let services: [any DataKeyService] = [ring] + opened.filter(\.opensKeys).map { KMSDataKeys($0.session) }
        let files: [any SecretStore] = [
            DotenvStore(root: root, dialect: dialect, task: NXTask(.process)), FileStore(root: root),
            EncryptedFileStore(root: root, services: services),
        ]
        let stores = files + opened.flatMap(\.stores)
        let answers = try Blocking.wait("fetching the secrets", until: access.deadline) {
            await Self.fetch(requests, from: stores)
        }
        var found: [InjectedSecret] = []
        var failures = FetchFailures()
        for granted in wanted {
            switch answers[granted.secret.name] {
            case .success(let value):
                found.append(
                    InjectedSecret(name: granted.secret.name, value: value, delivery: granted.secret.delivery)
                )
            case .failure(let diagnostic):
                let place = Diagnostic.Place.span(granted.secret.span, label: nil)
                failures.append(diagnostic.pointing(at: place), of: granted.secret.name)
            case nil: failures.append(Self.unsupported(granted.secret), of: granted.secret.name)
            }
        }
        guard failures.diagnostics.isEmpty else { throw DiagnosticList(failures.diagnostics) }
        return found
    }

    /// Asks the stores side by side: none waits for another one's network.
    private static func fetch(
        _ requests: [SecretRequest],
        from stores: [any SecretStore]
    ) async -> [SecretName: Result<SecretBytes, Diagnostic>] {
        await withTaskGroup(of: [SecretName: Result<SecretBytes, Diagnostic>].self) { group in
            for store in stores {
                let own = requests.filter { store.holds($0.reference) }
                guard !own.isEmpty else { continue }
                group.addTask { await store.fetch(own) }
            }
            return await group.reduce(into: [:]) { answers, own in answers.merge(own) { first, _ in first } }
        }
    }

    private static func unsupported(_ secret: SecretEntry) -> Diagnostic {
        Diagnostic(
            .storeUnsupported,
            "`\(secret.name)` is in `\(secret.from)`, and nothing opens that for its environment",
            at: .span(secret.span, label: nil),
            [.help("give the environment an `exchange`, such as `aws: { role, region }`, or mark it local")]
        )
    }
}
