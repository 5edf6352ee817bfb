internal import Diagnostics
internal import OIDC
internal import Policy
internal import TokenExchange

extension Access {
    /// Fetching needs the policy's own issuer, or an environment that anybody on this machine may open.
    func refuseForeignToken() throws(Diagnostic) {
        guard !environment.isLocal else { return }
        guard identity.token.issuer != IssuerConfiguration.localIssuer else {
            throw Diagnostic(
                .localTokenNotHonoured,
                "a token of this machine opens no secret of `\(environment.name)`, which is not marked local",
                [.help("`inject plan` and `inject explain` answer questions with such a token")]
            )
        }
    }
}

extension Access {
    /// The broker that a question about the environment goes to; nil where it has none, or would not take the token.
    func askedBroker(in surroundings: Surroundings) throws(Diagnostic) -> BrokerAccess? {
        guard case .broker(let url) = environment.exchange,
            identity.token.issuer != IssuerConfiguration.localIssuer
        else { return nil }
        return try BrokerAccess(url: url, in: surroundings)
    }
}

extension Diagnostic.ID {
    /// A token of the local issuer was used to fetch from an environment that is not marked local, or for a broker.
    static let localTokenNotHonoured = Diagnostic.ID("local-token-not-honoured")
    /// An environment whose exchange is not the one that a command needs.
    static let exchangeUnsupported = Diagnostic.ID("exchange-unsupported")
}
