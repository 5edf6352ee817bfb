import OpenSSLCrypto
package import Secrets

/// A file as sops writes it: each value encrypted for its place, and a MAC over all of them
/// (github.com/getsops/sops, "Encryption protocol").
package struct SopsFile: Sendable {
    static let dataKeyCount = 32
    /// The longest file, in bytes.
    package static let longest = 1 << 20

    let format: SopsFormat
    /// The file's content.
    package let bytes: [UInt8]
    let root: SopsNode
    let metadata: SopsMetadata

    /// Reads a file; nothing is decrypted or believed yet.
    package init(_ bytes: [UInt8], format: SopsFormat) throws(SopsError) {
        guard bytes.count <= Self.longest else { throw .tooLong(bytes.count) }
        let root = try format.parse(bytes)
        guard let part = root.members.first(where: { $0.name == "sops" }) else { throw .notEncrypted }
        self.format = format
        self.bytes = bytes
        self.root = root
        metadata = try SopsMetadata(part.value)
    }

    /// Whom the data key is wrapped for.
    package var wrappings: [WrappedDataKey] { metadata.wrappings }

    /// The names of all values, with dots, in the order of the file.
    package var names: [String] { leaves.map(\.path.text) }

    var leaves: [(path: SopsPath, leaf: SopsLeaf, isInList: Bool)] {
        root.members.filter { $0.name != "sops" }
            .flatMap { $0.value.leaves(below: SopsPath(names: [$0.name])) }
    }

    /// Decrypts every value, once the MAC says that they are all there and all of this file.
    package func open(with dataKey: SecretBytes) throws(SopsError) -> SopsContent {
        let content = try unverifiedContent(dataKey)
        try verify(content, dataKey)
        return content
    }

    /// What the values decrypt to, each authentic for its place; nothing is known of the whole.
    func unverifiedContent(_ dataKey: SecretBytes) throws(SopsError) -> SopsContent {
        guard dataKey.count == Self.dataKeyCount else { throw .metadata("the data key has another length") }
        var values: [SopsContent.Value] = []
        for (path, leaf, isInList) in leaves {
            guard let sealed = SopsValue(leaf.text) else {
                let plaintext = try Self.plain(leaf)
                values.append(SopsContent.Value(path: path, isInList: isInList, plaintext: plaintext, type: nil))
                continue
            }
            guard let plaintext = sealed.open(with: dataKey, associatedData: path.associatedData) else {
                throw .value(path.text)
            }
            values.append(
                SopsContent.Value(path: path, isInList: isInList, plaintext: plaintext, type: sealed.type))
        }
        return SopsContent(values: values)
    }

    private func verify(_ content: SopsContent, _ dataKey: SecretBytes) throws(SopsError) {
        guard let sealed = SopsValue(metadata.mac.text),
            let mac = sealed.open(with: dataKey, associatedData: Array(metadata.lastModified.text.utf8))
        else { throw .notAuthentic }
        let expected = try content.mac(encryptedOnly: metadata.hashesEncryptedOnly)
        guard mac.isEqual(to: expected) else { throw .notAuthentic }
    }

    private static func plain(_ leaf: SopsLeaf) throws(SopsError) -> SecretBytes {
        let text = leaf.isNull ? [] : Array(leaf.text.utf8)
        guard let bytes = text.withUnsafeBytes({ try? SecretBytes(copying: $0) }) else { throw .unavailable }
        return bytes
    }
}
