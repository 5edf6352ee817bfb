internal import StrictJSON

extension IssuedToken {
    private static let limits = JSONLimits(bytes: 1 << 20, depth: 3, members: 4096)

    /// The token as a state keeps it beside its digest: one JSON text, without anything secret.
    package var storedText: String {
        let id = use.id.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return JSONWriter.object([
            ("issuer", .string(use.issuer)), ("id", .string(id)), ("forget", .integer(use.forgettableAt)),
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
        guard let issuer = Self.text(root["issuer"], bytes), let id = Self.text(root["id"], bytes),
            let repository = Self.text(root["repository"], bytes), let policy = Self.text(root["policy"], bytes),
            let forget = number("forget"), let issued = number("issued"), let expires = number("expires")
        else { return nil }
        self.init(
            digest: digest,
            use: TokenUse(issuer: issuer, id: Self.bytes(id), forgettableAt: forget),
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

    private static func bytes(_ text: String) -> [UInt8] {
        let digits = Array(text.utf8)
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap { index in
            UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16)
        }
    }
}
