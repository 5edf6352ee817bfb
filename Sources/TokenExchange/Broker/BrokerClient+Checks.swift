import AWSClient
package import Diagnostics
import HTTPTransport
import StrictJSON

extension BrokerClient {
    /// Throws where the broker says that it cannot serve, or nobody says anything.
    package func checkReadiness() async throws(Diagnostic) {
        var call = BrokerCall(.check, .get, "/readyz")
        call.attempts = 1
        _ = try await send(call)
    }

    /// Throws where what the broker says of itself (RFC 8414) is not what it is asked for.
    package func checkMetadata() async throws(Diagnostic) {
        var call = BrokerCall(.check, .get, "/.well-known/oauth-authorization-server")
        call.attempts = 1
        let (url, endpoint) = (address.url, tokenEndpoint)
        try await answer(to: call) { body throws(BrokerAnswerError) in
            let answer = try BrokerAnswer(body)
            for (name, wanted) in [("issuer", url), ("token_endpoint", endpoint)] {
                let actual = try answer.exactText(name)
                guard actual.utf8.elementsEqual(wanted.utf8) else {
                    throw answer.wrong(name, "of `\(actual.printable(limit: 200))`, which is not `\(wanted)`")
                }
            }
            guard answer.optionalTexts("grant_types_supported")?.contains(BrokerCall.exchangeGrant) == true else {
                throw answer.wrong("grant_types_supported", "without `\(BrokerCall.exchangeGrant)`")
            }
        }
    }
}
