import Secrets

/// The answer of `POST /v1/token` (RFC 8693, section 2.2.1).
enum TokenAnswer {
    /// Reads it; the scope is exactly what was asked for, or, where nothing was, whatever was granted.
    static func read(_ body: SecretBytes, asked: [SecretPath]) throws(BrokerAnswerError) -> BrokerToken {
        let answer = try BrokerAnswer(body)
        let credential = try answer.secret("access_token")
        guard isToken(credential) else { throw answer.wrong("access_token", "that can be no token") }
        let kind = "urn:ietf:params:oauth:token-type:access_token"
        guard try answer.exactText("issued_token_type").utf8.elementsEqual(kind.utf8) else {
            throw answer.wrong("issued_token_type", "that is not `\(kind)`")
        }
        // RFC 6749, section 5.1: its case does not count.
        guard try answer.exactText("token_type").lowercased() == "bearer" else {
            throw answer.wrong("token_type", "that is not `Bearer`")
        }
        return BrokerToken(
            credential: credential,
            expiresIn: try answer.integer("expires_in", in: 1...86_400),
            scope: try scope(answer, asked),
            grant: try answer.text("grant", limit: 1 << 20)
        )
    }

    /// The characters of RFC 6750, section 2.1: nothing that could end a header.
    private static func isToken(_ credential: SecretBytes) -> Bool {
        guard (16...4096).contains(credential.count) else { return false }
        return credential.withExposedBytes { bytes in
            bytes.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-._~+/=".utf8.contains(byte)
            }
        }
    }

    private static func scope(
        _ answer: BrokerAnswer,
        _ asked: [SecretPath]
    ) throws(BrokerAnswerError) -> [SecretPath] {
        let words = try answer.exactText("scope").split(separator: " ", omittingEmptySubsequences: false)
        let scope = words.compactMap { SecretPath(String($0)) }
        guard scope.count == words.count, Set(scope).count == scope.count else {
            throw answer.wrong("scope", "that is no list of `ENVIRONMENT/NAME`")
        }
        guard asked.isEmpty || Set(asked) == Set(scope) else {
            throw answer.wrong("scope", "that is not the one asked for")
        }
        return scope
    }
}
