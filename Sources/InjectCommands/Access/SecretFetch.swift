internal import Diagnostics
internal import Injection
internal import OIDC
internal import Policy
internal import SecretStores
internal import Secrets

/// Fetches exactly what was granted.
struct SecretFetch {
    let access: Access
    let dialect: DotenvDialect

    /// The values; every secret that cannot be had is reported, not just the first.
    func secrets(_ wanted: [Access.Granted]) throws -> [InjectedSecret] {
        try refuseForeignEnvironment()
        let requests = wanted.map { SecretRequest(name: $0.secret.name, reference: $0.secret.reference) }
        let stores = stores
        let answers = try Blocking.wait { await Self.fetch(requests, from: stores) }
        var found: [InjectedSecret] = []
        var failures: [Diagnostic] = []
        for granted in wanted {
            switch answers[granted.secret.name] {
            case .success(let value):
                found.append(
                    InjectedSecret(name: granted.secret.name, value: value, delivery: granted.secret.delivery)
                )
            case .failure(let diagnostic): failures.append(diagnostic)
            case nil: failures.append(Self.unsupported(granted.secret))
            }
        }
        guard failures.isEmpty else { throw DiagnosticList(failures) }
        return found
    }

    private var stores: [any SecretStore] {
        let root = StoreRoot(folder: access.source.root, allowsAbsolutePaths: access.environment.isLocal)
        return [DotenvStore(root: root, dialect: dialect), FileStore(root: root)]
    }

    /// Fetching needs the policy's own issuer, or an environment that anybody on this machine may open.
    private func refuseForeignEnvironment() throws(Diagnostic) {
        let environment = access.environment
        guard !environment.isLocal else { return }
        guard access.identity.token.issuer != IssuerConfiguration.localIssuer else {
            throw Diagnostic(
                .localTokenNotHonoured,
                "a token of this machine opens no secret of `\(environment.name)`, which is not marked local",
                [.help("`inject plan` and `inject explain` answer questions with such a token")]
            )
        }
        throw Diagnostic(
            .exchangeUnsupported,
            "`\(environment.name)` is not marked local, and this version fetches only from local environments",
            [.note("the exchange with AWS or a broker comes with a later version")]
        )
    }

    private static func fetch(
        _ requests: [SecretRequest],
        from stores: [any SecretStore]
    ) async -> [SecretName: Result<SecretBytes, Diagnostic>] {
        var answers: [SecretName: Result<SecretBytes, Diagnostic>] = [:]
        for store in stores {
            let own = requests.filter { store.holds($0.reference) }
            guard !own.isEmpty else { continue }
            answers.merge(await store.fetch(own)) { first, _ in first }
        }
        return answers
    }

    private static func unsupported(_ secret: SecretEntry) -> Diagnostic {
        Diagnostic(
            .storeUnsupported,
            "`\(secret.name)` is in `\(secret.from)`, and this version reads only `dotenv:` and `file:`",
            at: .span(secret.span, label: nil)
        )
    }
}

extension Diagnostic.ID {
    /// A token of the local issuer was used to fetch from an environment that is not marked local.
    static let localTokenNotHonoured = Diagnostic.ID("local-token-not-honoured")
    /// An environment whose exchange this version does not speak.
    static let exchangeUnsupported = Diagnostic.ID("exchange-unsupported")
}
