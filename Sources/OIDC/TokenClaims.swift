package import Diagnostics
import StrictJSON

extension Diagnostic.ID {
    /// The token lacks a claim.
    package static let tokenClaimMissing = Diagnostic.ID("token-claim-missing")
    /// A claim is not of the kind it has to be.
    package static let tokenClaimMalformed = Diagnostic.ID("token-claim-malformed")
    /// The token is from another issuer.
    package static let tokenWrongIssuer = Diagnostic.ID("token-wrong-issuer")
    /// The token is meant for somebody else.
    package static let tokenWrongAudience = Diagnostic.ID("token-wrong-audience")
}

/// The claims of a payload whose signature is good (RFC 7519, section 4).
struct TokenClaims {
    private let text: [UInt8]
    private let object: JSONObject

    init(_ payload: [UInt8]) throws(Diagnostic) {
        guard let document = try? JSONDocument(payload, limits: .token), let object = document.root.object else {
            throw Diagnostic(.tokenMalformed, "the token's payload is not a JSON object without duplicates")
        }
        text = payload
        self.object = object
    }

    /// Every claim, in order.
    var all: [VerifiedClaim] {
        object.members.map { member in
            VerifiedClaim(name: member.name, value: value(of: member.value))
        }
    }

    private func value(of node: JSONNode) -> VerifiedClaim.Value {
        if let string = node.string { return .text(bytes(string)) }
        if let integer = node.number?.integer { return .number(integer) }
        return .other(json: text.withUnsafeBytes { node.written(in: $0) })
    }

    func require(_ name: String) throws(Diagnostic) {
        guard object[name] == nil else { return }
        throw Diagnostic(.tokenClaimMissing, "the token has no claim `\(name)`, which this issuer's tokens have")
    }

    /// A string that is not empty and otherwise opaque, such as `sub`.
    func identifier(_ name: String) throws(Diagnostic) -> [UInt8] {
        guard let node = object[name] else {
            throw Diagnostic(.tokenClaimMissing, "the token has no claim `\(name)`")
        }
        guard let string = node.string else { throw Self.wrongKind(name, "is \(node.kind), not a string") }
        guard string.decodedCount > 0 else { throw Self.wrongKind(name, "is empty") }
        return bytes(string)
    }

    /// A NumericDate, or nil where the claim is absent: whole seconds from 0 to 2^53 and nothing else.
    func time(_ name: String) throws(Diagnostic) -> Int64? {
        guard let node = object[name] else { return nil }
        guard let number = node.number else { throw Self.wrongKind(name, "is \(node.kind), not a number") }
        guard let seconds = number.integer, seconds >= 0 else {
            throw Self.wrongKind(name, "is not a whole number of seconds from 0 to 2^53")
        }
        return seconds
    }

    // MARK: - Who and for whom

    func checkIssuer(_ expected: String) throws(Diagnostic) {
        let actual = try identifier("iss")
        guard actual.elementsEqual(expected.utf8) else {
            throw Self.wrongIssuer(actual, expected: expected, isVerified: true)
        }
    }

    static func wrongIssuer(_ actual: [UInt8], expected: String, isVerified: Bool) -> Diagnostic {
        Diagnostic(
            .tokenWrongIssuer,
            "the token is not from issuer `\(expected)`",
            [
                .note("it names \(ShownText(actual))\(isVerified ? "" : " (not verified)")"),
                .help("use a token of the issuer that the policy names, or name the token's issuer in the policy"),
            ]
        )
    }

    /// Exactly ours: a token that is also good elsewhere can be replayed from there.
    func checkAudience(_ expected: String) throws(Diagnostic) {
        guard let node = object["aud"] else { return try require("aud") }
        let elements = node.array ?? [node]
        let audiences = elements.compactMap { $0.string.map(bytes) }
        guard audiences.count == elements.count else {
            throw Self.wrongKind("aud", "is neither a string nor an array of strings")
        }
        guard audiences.count == 1, audiences[0].elementsEqual(expected.utf8) else {
            let shown = audiences.prefix(5).map { ShownText($0).description }.joined(separator: ", ")
            throw Diagnostic(
                .tokenWrongAudience,
                "the token is not for audience `\(expected)` alone",
                [
                    .note("it is for \(shown.isEmpty ? "nobody" : shown)"),
                    .help("ask the issuer for a token with audience `\(expected)`"),
                ]
            )
        }
    }

    // MARK: - Kinds

    /// Claims that GitHub sends as strings, ids and `ref_protected` too; another kind is not GitHub's.
    ///
    /// Claims that are not known may be of any kind: GitHub adds some from time to time.
    func checkGitHubKinds() throws(Diagnostic) {
        _ = try identifier("jti")
        for member in object.members where member.value.string == nil && GitHubClaims.isText(member.name) {
            throw Self.wrongKind(String(decoding: member.name, as: UTF8.self), "is \(member.value.kind), not a string")
        }
    }

    private static func wrongKind(_ name: String, _ problem: String) -> Diagnostic {
        Diagnostic(.tokenClaimMalformed, "the token's claim `\(name)` \(problem)")
    }

    private func bytes(_ string: JSONString) -> [UInt8] {
        text.withUnsafeBytes { string.bytes(in: $0) }
    }
}
