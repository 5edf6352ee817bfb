internal import Audit
internal import OIDC

/// The claims by which records name a job, as name and value in turn, so that a state can keep them as a list.
enum ActorClaims {
    private static let names = AuditActor.claims.map { (text: $0, bytes: Array($0.utf8)) }

    static func of(_ token: VerifiedToken) -> [String] {
        var claims: [String] = []
        claims.reserveCapacity(2 * names.count)
        for name in names {
            guard case .text(let value) = token.claims.first(where: { $0.name == name.bytes })?.value else { continue }
            claims.append(name.text)
            claims.append(String(decoding: value, as: UTF8.self))
        }
        return claims
    }

    static func actor(_ claims: [String]) -> AuditActor {
        AuditActor { value(of: $0, in: claims) }
    }

    static func value(of name: String, in claims: [String]) -> String? {
        stride(from: 0, to: claims.count - 1, by: 2).first { claims[$0] == name }.map { claims[$0 + 1] }
    }
}
