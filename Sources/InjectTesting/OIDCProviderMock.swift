import Foundation
package import HTTPTransport
package import Secrets

/// `oidc-provider-mock` from PyPI: an issuer of another maker, started for a test and stopped after it.
package final class OIDCProviderMock {
    /// It is not there, or did not do what was asked.
    package struct Failure: Error, CustomStringConvertible {
        /// What is missing, and how to get it.
        package let description: String
    }

    /// The client that tokens are for.
    package static let clientID = "inject"
    private let server: PackagedServer
    /// The issuer's name and address.
    package var url: String { server.url }

    /// Starts it on a free port; `.venv` of the checkout has it, or the folder of `INJECT_PYTHON`.
    package init() throws {
        server = try PackagedServer(
            "oidc-provider-mock",
            """
            from oidc_provider_mock.__main__ import run
            sys.argv[1:] = ["--port", "0", "--host", "127.0.0.1"]
            run()
            """
        )
    }

    /// An ID token for a subject, by the authorization code flow (OpenID Connect Core 1.0, section 3.1).
    package func idToken(subject: String, client: some HTTPClient) async throws -> SecretBytes {
        let back = "redirect_uri=https%3A%2F%2Fexample.com%2Fback"
        let consent = try await client.send(
            form(
                "/oauth2/authorize?client_id=\(Self.clientID)&\(back)&response_type=code&scope=openid",
                "sub=\(subject)"
            )
        )
        guard let code = consent.header("Location")?.split(separator: "code=").last else {
            throw Failure(description: "no code: status \(consent.status)")
        }
        var exchange = form("/oauth2/token", "grant_type=authorization_code&code=\(code)&\(back)")
        let credentials = Data("\(Self.clientID):any".utf8).base64EncodedString()
        exchange.headers.append(("Authorization", .plain("Basic " + credentials)))
        let answer = try await client.send(exchange).body.exposedText
        guard let match = answer.firstMatch(of: /"id_token": ?"([^"]+)"/) else {
            throw Failure(description: "no token")
        }
        return try .of(String(match.1))
    }

    private func form(_ path: String, _ body: String) -> HTTPRequest {
        HTTPRequest(
            method: .post,
            url: url + path,
            headers: [("Content-Type", .plain("application/x-www-form-urlencoded"))],
            body: .bytes(Array(body.utf8)),
            allowsPlainHTTPToLoopback: true
        )
    }
}
