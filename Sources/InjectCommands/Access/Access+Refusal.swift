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
        guard case .broker = environment.exchange else { return }
        throw Diagnostic(
            .exchangeUnsupported,
            "`\(environment.name)` needs a broker, and this version exchanges only with AWS",
            [.note("the exchange with a broker comes with a later version")]
        )
    }
}

extension Diagnostic.ID {
    /// A token of the local issuer was used to fetch from an environment that is not marked local.
    static let localTokenNotHonoured = Diagnostic.ID("local-token-not-honoured")
    /// An environment whose exchange this version does not speak.
    static let exchangeUnsupported = Diagnostic.ID("exchange-unsupported")
}
