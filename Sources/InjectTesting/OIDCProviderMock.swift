import Foundation
package import HTTPTransport
package import Secrets

/// `oidc-provider-mock` from PyPI: an issuer of another maker, started for a test and stopped after it.
///
/// It ends when its standard input does, so it cannot outlive the tests.
package final class OIDCProviderMock {
    /// It is not there, or did not do what was asked.
    package struct Failure: Error, CustomStringConvertible {
        /// What is missing, and how to get it.
        package let description: String
    }

    /// The client that tokens are for.
    package static let clientID = "inject"
    /// The issuer's name and address.
    package let url: String
    private let process = Process()
    private let input = Pipe()

    private static let program = """
        import os, sys, threading
        def end():
            sys.stdin.buffer.read()
            os._exit(0)
        threading.Thread(target=end, daemon=True).start()
        from oidc_provider_mock.__main__ import run
        sys.argv[1:] = ["--port", "0", "--host", "127.0.0.1"]
        run()
        """

    /// Starts it on a free port; `.venv` of the checkout has it, or the folder of `INJECT_PYTHON`.
    package init() throws {
        let output = Pipe()
        process.executableURL = try Python.program("python")
        process.arguments = ["-c", Self.program]
        process.standardOutput = output
        process.standardError = output
        process.standardInput = input
        process.environment = ["PYTHONUNBUFFERED": "1", "PATH": "/usr/bin:/bin"]
        try process.run()
        var text = ""
        while true {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { break }
            text += String(decoding: data, as: UTF8.self)
            guard let match = text.firstMatch(of: /http:\/\/(127\.0\.0\.1|localhost):([0-9]+)\s/) else { continue }
            url = "http://\(match.1):\(match.2)"
            return
        }
        Self.end(process)
        throw Failure(description: "oidc-provider-mock did not start: \(text)")
    }

    deinit { Self.end(process) }

    // A child may inherit a blocked SIGTERM from the thread that started it.
    private static func end(_ process: Process) {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
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
