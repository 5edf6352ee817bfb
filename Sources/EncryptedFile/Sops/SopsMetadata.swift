/// The `sops` part of a file: who has the data key, and the MAC.
struct SopsMetadata: Sendable {
    /// Whom the data key is wrapped for, in the order of the file.
    let wrappings: [WrappedDataKey]
    /// Kinds of recipients that this program does not know but must not lose.
    let foreign: [String]
    let lastModified: SopsLeaf
    let mac: SopsLeaf
    /// Names that end so stay readable.
    let unencryptedSuffix: String?
    /// Settings that decide what is encrypted and hashed, by name; a file that is rekeyed keeps them.
    let settings: [(name: String, leaf: SopsLeaf)]
    let hashesEncryptedOnly: Bool

    private static let mostRecipients = 256
    private static let settingNames = [
        "unencrypted_suffix", "encrypted_suffix", "unencrypted_regex", "encrypted_regex", "unencrypted_comment_regex",
        "encrypted_comment_regex", "mac_only_encrypted",
    ]

    /// Reads the part; `node` is nested or already flat, as in dotenv.
    init(_ node: SopsNode) throws(SopsError) {
        let fields = Self.flat(node)
        let texts = fields.mapValues(\.text)
        guard let lastModified = fields["lastmodified"], let mac = fields["mac"] else {
            throw .metadata("`lastmodified` or `mac` is missing")
        }
        guard !texts.keys.contains(where: { $0.hasPrefix("key_groups") }) else {
            throw .metadata("key groups, of which several are needed, are not supported")
        }
        self.lastModified = lastModified
        self.mac = mac
        wrappings = try Self.age(texts) + Self.kms(texts)
        foreign = ["pgp", "gcp_kms", "azure_kv", "hc_vault", "hckms"].filter { kind in
            texts.keys.contains { $0.hasPrefix(kind + "__list_") }
        }
        settings = Self.settingNames.compactMap { name in fields[name].map { (name, $0) } }
        let given = texts["unencrypted_suffix"].flatMap { $0.isEmpty ? nil : $0 }
        // Where a file says nothing, sops does as for a new one.
        unencryptedSuffix = given ?? (Self.hasRules(settings) ? nil : SopsBlock.suffix)
        hashesEncryptedOnly = texts["mac_only_encrypted"]?.lowercased() == "true"
    }

    /// Whether other settings than the suffix decide what is encrypted.
    var hasRules: Bool { Self.hasRules(settings) }

    private static func hasRules(_ settings: [(name: String, leaf: SopsLeaf)]) -> Bool {
        settings.contains { !["unencrypted_suffix", "mac_only_encrypted"].contains($0.name) && !$0.leaf.text.isEmpty }
    }

    private static func age(_ texts: [String: String]) throws(SopsError) -> [WrappedDataKey] {
        try elements("age", texts) { name throws(SopsError) in
            guard let recipient = texts["\(name)__map_recipient"], let file = texts["\(name)__map_enc"] else {
                throw .metadata("an `age` recipient is incomplete")
            }
            return .age(recipient: recipient, file: file)
        }
    }

    private static func kms(_ texts: [String: String]) throws(SopsError) -> [WrappedDataKey] {
        try elements("kms", texts) { name throws(SopsError) in
            guard let arn = texts["\(name)__map_arn"],
                let blob = Base64Text.decode((texts["\(name)__map_enc"] ?? "").utf8, padded: true), !blob.isEmpty
            else { throw .metadata("a `kms` recipient is incomplete") }
            let start = "\(name)__map_context__map_"
            let context = texts.filter { $0.key.hasPrefix(start) }.sorted { $0.key < $1.key }
            return .kms(
                KMSWrapping(
                    key: arn,
                    ciphertext: blob,
                    context: context.map { (name: String($0.key.dropFirst(start.count)), value: $0.value) },
                    role: texts["\(name)__map_role"].flatMap { $0.isEmpty ? nil : $0 }
                )
            )
        }
    }

    private static func elements(
        _ kind: String,
        _ texts: [String: String],
        _ read: (String) throws(SopsError) -> WrappedDataKey
    ) throws(SopsError) -> [WrappedDataKey] {
        var found: [WrappedDataKey] = []
        let count = try count(kind, texts)
        for index in 0..<count { found.append(try read("\(kind)__list_\(index)")) }
        return found
    }

    /// How many elements a list has; none may be passed over, or the next rekey would lose it.
    private static func count(_ kind: String, _ texts: [String: String]) throws(SopsError) -> Int {
        let start = "\(kind)__list_"
        var count = 0
        for name in texts.keys where name.hasPrefix(start) {
            let digits = name.dropFirst(start.count).prefix { $0 != "_" }
            guard let index = Int(digits), (0..<mostRecipients).contains(index) else {
                throw .metadata("it has more than \(mostRecipients) `\(kind)` recipients")
            }
            count = max(count, index + 1)
        }
        return count
    }

    /// Names as dotenv has them: `age__list_0__map_recipient`.
    private static func flat(_ node: SopsNode, _ prefix: String = "") -> [String: SopsLeaf] {
        var fields: [String: SopsLeaf] = [:]
        switch node {
        case .leaf(let leaf): fields[prefix] = leaf
        case .list(let elements):
            for (index, element) in elements.enumerated() {
                fields.merge(flat(element, "\(prefix)__list_\(index)")) { first, _ in first }
            }
        case .map(let members):
            for member in members {
                let name = prefix.isEmpty ? member.name : "\(prefix)__map_\(member.name)"
                fields.merge(flat(member.value, name)) { first, _ in first }
            }
        }
        return fields
    }
}
