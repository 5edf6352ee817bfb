internal import Secrets
internal import StrictJSON

extension IssuedToken {
    /// More than a policy has room for: what was issued must be found again.
    private static let limits = JSONLimits(bytes: 4 << 20, depth: 3, members: 1 << 16)

    /// The token as a state keeps it beside its digest: one JSON text, without anything secret.
    package var storedText: String {
        JSONWriter.object([
            ("issuer", .string(use.issuer)), ("id", .string(Base16.text(use.id))),
            ("forget", .integer(use.forgettableAt)),
            ("actor", .array(actor.map(JSONWriter.string))), ("repository", .string(repository)),
            ("policy", .string(policyDigest)), ("grants", .array(grants.map(JSONWriter.string))),
            ("secrets", .array(secrets.map { .string($0.description) })), ("issued", .integer(issuedAt)),
            ("expires", .integer(expiresAt)),
        ]).line
    }

    /// Reads what `storedText` wrote; nil for anything else, which opens nothing.
    package init?(digest: TokenDigest, storedText text: String) {
        let bytes = Array(text.utf8)
        guard let root = (try? JSONDocument(bytes, limits: Self.limits))?.root.object else { return nil }
        let texts = { (name: String) in root[name]?.array?.compactMap { Self.text($0, bytes) } ?? [] }
        let number = { (name: String) in root[name]?.number?.integer }
        guard let issuer = Self.text(root["issuer"], bytes),
            let id = Self.text(root["id"], bytes).flatMap({ Base16.bytes($0.utf8) }),
            let repository = Self.text(root["repository"], bytes), let policy = Self.text(root["policy"], bytes),
            let forget = number("forget"), let issued = number("issued"), let expires = number("expires")
        else { return nil }
        self.init(
            digest: digest,
            use: TokenUse(issuer: issuer, id: id, forgettableAt: forget),
            actor: texts("actor"),
            repository: repository,
            policyDigest: policy,
            grants: texts("grants"),
            secrets: texts("secrets").compactMap(SecretPath.init),
            issuedAt: issued,
            expiresAt: expires
        )
    }

    private static func text(_ node: JSONNode?, _ bytes: [UInt8]) -> String? {
        node?.string.map { string in bytes.withUnsafeBytes { String(decoding: string.bytes(in: $0), as: UTF8.self) } }
    }
}
