import OpenSSLCrypto
package import Secrets

extension SopsFile {
    /// A file without values for recipients; `moment` is now, as RFC 3339 writes it in UTC.
    package static func empty(
        _ format: SopsFormat,
        for wrappings: [WrappedDataKey],
        dataKey: SecretBytes,
        at moment: String
    ) throws(SopsError) -> SopsFile {
        try file(of: SopsBlock(wrappings: wrappings, moment: moment), format).sealed(with: dataKey, at: moment)
    }

    /// A file of nothing but its `sops` part, which has to say of each recipient what KMS will ask for: a form may not
    /// be able to hold every context, and nobody could open the file again.
    private static func file(of block: SopsBlock, _ format: SopsFormat) throws(SopsError) -> SopsFile {
        let text =
            switch format {
            case .yaml: block.yaml
            case .json: SopsJSON.text(.map([SopsNode.Member(name: "sops", value: block.node)])) + "\n"
            case .dotenv: block.dotenv
            }
        guard let file = try? SopsFile(Array(text.utf8), format: format),
            fields(file.wrappings) == fields(block.wrappings)
        else { throw .metadata("it cannot hold the encryption context as it is; choose other names and values") }
        return file
    }

    /// What is said of recipients, whatever their order.
    private static func fields(_ wrappings: [WrappedDataKey]) -> [[String]] {
        wrappings.map(\.fields).sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// A new data key.
    package static func newDataKey() throws(SopsError) -> SecretBytes {
        guard let key = try? SecureRandom.secret(dataKeyCount) else { throw .unavailable }
        return key
    }

    /// The file with a value set: in its place where it has one, or else as the last of the outermost map.
    package func setting(
        _ name: String,
        to value: SecretBytes,
        with dataKey: SecretBytes,
        at moment: String
    ) throws(SopsError) -> SopsFile {
        let known = try known(name)
        let path = known?.path ?? SopsPath(names: [name])
        guard let suffix = metadata.unencryptedSuffix, path.names.contains(where: { $0.hasSuffix(suffix) }) else {
            return try setting(path, known?.leaf, value, dataKey, moment)
        }
        throw .name("names that end in `\(suffix)` are not encrypted in this file")
    }

    private func setting(
        _ path: SopsPath,
        _ leaf: SopsLeaf?,
        _ value: SecretBytes,
        _ dataKey: SecretBytes,
        _ moment: String
    ) throws(SopsError) -> SopsFile {
        try require(encryptable: leaf)
        let sealed: SopsValue
        do throws(CryptoError) { sealed = try SopsValue(sealing: value, with: dataKey, at: path) } catch {
            throw .unavailable
        }
        // sops leaves an empty text as it is.
        let text = value.isEmpty ? "" : sealed.text
        if let leaf {
            return try replacing([(path, leaf, text)]).keeping(all: self, but: path, count: 1)
                .sealed(with: dataKey, at: moment)
        }
        guard Self.isPlain(path.text), path.text != "sops", !path.text.hasPrefix(SopsDotenv.prefix) else {
            throw .name("use letters, digits and `_`")
        }
        guard !root.members.contains(where: { $0.name.utf8.elementsEqual(path.text.utf8) }) else {
            throw .name("it is a map or a list")
        }
        return try inserting(path.text, text).keeping(all: self, but: path, count: 1)
            .sealed(with: dataKey, at: moment)
    }

    /// sops refuses a whole file in which one value is encrypted, or is not, against the rules.
    private func require(encryptable leaf: SopsLeaf?) throws(SopsError) {
        guard let leaf, !leaf.text.isEmpty else {
            guard !metadata.hasRules else {
                throw .name("this file has rules for what is encrypted: set it with `sops`")
            }
            return
        }
        guard SopsValue(leaf.text) != nil else { throw .name("it is not encrypted in this file") }
    }

    /// The file without a value.
    package func removing(
        _ name: String,
        with dataKey: SecretBytes,
        at moment: String
    ) throws(SopsError) -> SopsFile {
        guard let (path, leaf) = try known(name) else { throw .name("it is not a value of the file") }
        return try removing(path, leaf).keeping(all: self, but: path, count: 0).sealed(with: dataKey, at: moment)
    }

    /// The value of a name that is there already; nil where there is none.
    private func known(_ name: String) throws(SopsError) -> (path: SopsPath, leaf: SopsLeaf)? {
        let known = leaves.filter { $0.path.text.utf8.elementsEqual(name.utf8) }
        guard !known.contains(where: \.isInList) else { throw .name("it is in a list: change it with `sops`") }
        guard known.count <= 1 else { throw .name("several values have it: change them with `sops`") }
        return known.first.map { ($0.path, $0.leaf) }
    }

    /// This file, where it has the values of `before`, each in its place, and `count` of them at the path that is meant.
    ///
    /// A form can be written in more ways than the edits of its text know.
    private func keeping(all before: SopsFile, but path: SopsPath, count: Int) throws(SopsError) -> SopsFile {
        let place = path.associatedData
        guard texts(besides: place) == before.texts(besides: place),
            leaves.count(where: { $0.path.associatedData == place }) == count
        else { throw .name("other values would change with it: use `sops`") }
        return self
    }

    /// What is written at every other place; a map of YAML that lost its last member is null.
    private func texts(besides place: [UInt8]) -> [[UInt8]] {
        leaves.compactMap { path, leaf, _ in
            let bound = path.associatedData
            return leaf.isNull || bound == place ? nil : bound + Array(leaf.text.utf8)
        }
    }

    /// The file with every value and comment under another data key, which is wrapped anew.
    package func rekeyed(
        from old: SecretBytes,
        to dataKey: SecretBytes,
        for wrappings: [WrappedDataKey],
        at moment: String
    ) throws(SopsError) -> SopsFile {
        let content = try open(with: old)
        guard metadata.foreign.isEmpty else {
            throw .metadata("it has recipients of \(metadata.foreign.joined(separator: ", ")): use `sops` to rekey it")
        }
        var texts: [String?] = []
        for value in content.values {
            guard let type = value.type else {
                texts.append(nil)
                continue
            }
            let sealed = try? SopsValue(sealing: value.plaintext, type: type, with: dataKey, at: value.path)
            guard let sealed else { throw .unavailable }
            texts.append(sealed.text)
        }
        let block = SopsBlock(wrappings: wrappings, moment: moment, settings: metadata.settings)
        _ = try Self.file(of: block, format)
        return try replacingAll(texts).replacingComments(from: old, to: dataKey).replacingBlock(with: block)
            .sealed(with: dataKey, at: moment)
    }

    private static func isPlain(_ name: String) -> Bool {
        let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
        return name.utf8.first.map { !(0x30...0x39).contains($0) } == true && !words.contains(name.lowercased())
            && name.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == UInt8(ascii: "_")
            }
    }
}
