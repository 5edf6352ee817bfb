internal import Audit
internal import Secrets

/// What an administrator may ask beside a token's own holder (RFC 7662); every question is recorded as his.
struct InspectionService: Sendable {
    let core: BrokerCore
    /// The administrator's name.
    let administrator: String

    /// What a token opens, or nil where that is nothing; its SHA-256, as the log has it, will do for the token.
    func inspect(_ text: SecretBytes, from origin: RequestOrigin) async throws(Refusal) -> IssuedToken? {
        let digest = AccessToken(text)?.digest ?? Self.digest(text)
        let found: IssuedToken?
        do throws(BrokerFault) {
            if let digest { found = try await core.tokens.token(digest) } else { found = nil }
        } catch {
            throw await core.refused(.unavailable(error), origin, as: .tokenInspected) { describe(&$0, digest) }
        }
        var event = AuditEvent(.tokenInspected, .failure, reason: "unknown-or-revoked")
        event.source = AuditEvent.Source(address: origin.address, userAgent: origin.userAgent)
        event.object = AuditEvent.Object(name: "(none)")
        if let found { event = TokenService.event(.tokenInspected, found, origin) }
        describe(&event, digest)
        try await core.record([event])
        return found.flatMap { TokenService(core).isInForce($0) ? $0 : nil }
    }

    private func describe(_ event: inout AuditEvent, _ digest: TokenDigest?) {
        event.actor = .system("administrator \(administrator)")
        event.tokenDigest = digest?.hexadecimal
    }

    private static func digest(_ text: SecretBytes) -> TokenDigest? {
        text.withExposedBytes { TokenDigest(hexadecimal: String(decoding: $0, as: UTF8.self)) }
    }
}
