import Secrets

/// Changes of a file's text; what is not changed stays as it is, comments and all, but for JSON's white space.
extension SopsFile {
    /// The file with a MAC over what it holds now.
    func sealed(with dataKey: SecretBytes, at moment: String) throws(SopsError) -> SopsFile {
        let content = try unverifiedContent(dataKey)
        let hash = try content.mac(encryptedOnly: metadata.hashesEncryptedOnly)
        let mac = try? SopsValue(sealing: hash, type: "str", with: dataKey, associatedData: Array(moment.utf8))
        guard let mac else { throw .unavailable }
        let sealed = try replacing([
            (SopsPath(names: ["sops", "lastmodified"]), metadata.lastModified, moment),
            (SopsPath(names: ["sops", "mac"]), metadata.mac, mac.text),
        ])
        // Nobody is handed a file that could not be opened again.
        _ = try sealed.open(with: dataKey)
        return sealed
    }

    /// Puts texts in the place of others.
    func replacing(_ changes: [(path: SopsPath, leaf: SopsLeaf, text: String)]) throws(SopsError) -> SopsFile {
        switch format {
        case .json:
            let tree = changes.reduce(root) { tree, change in
                tree.replacing(change.path.names[...], with: SopsJSON.quoted(change.text))
            }
            return try SopsFile(Array((SopsJSON.text(tree) + "\n").utf8), format: format)
        case .yaml: return try splicing(changes.map { ($0.leaf.range, yaml($0.text, at: $0.leaf.range)) })
        case .dotenv: return try splicing(changes.map { ($0.leaf.range, $0.text) })
        }
    }

    /// Puts a text in the place of each value, in the order of the file; nil leaves one as it is.
    func replacingAll(_ texts: [String?]) throws(SopsError) -> SopsFile {
        guard format == .json else {
            return try replacing(
                zip(leaves, texts).compactMap { entry, text in text.map { (entry.path, entry.leaf, $0) } })
        }
        var rest = texts[...]
        let members = root.members.map { member in
            member.name == "sops" ? member : .init(name: member.name, value: member.value.replacingLeaves(&rest))
        }
        return try SopsFile(Array((SopsJSON.text(.map(members)) + "\n").utf8), format: format)
    }

    /// Adds a member to the outermost map, right before the `sops` part.
    func inserting(_ name: String, _ text: String) throws(SopsError) -> SopsFile {
        guard let index = root.members.firstIndex(where: { $0.name == "sops" }) else { throw .notEncrypted }
        switch format {
        case .json:
            var members = root.members
            members.insert(SopsNode.Member(name: name, value: .leaf(SopsJSON.quoted(text))), at: index)
            return try SopsFile(Array((SopsJSON.text(.map(members)) + "\n").utf8), format: format)
        case .yaml:
            let start = lineStart(root.members[index].start)
            return try splicing([(start..<start, "\(name): \(SopsJSON.quoted(text).raw)\n")])
        case .dotenv:
            let start = root.members[index].start
            return try splicing([(start..<start, "\(name)=\(text)\n")])
        }
    }

    /// Removes a value and its name.
    func removing(_ path: SopsPath, _ leaf: SopsLeaf) throws(SopsError) -> SopsFile {
        guard format != .json else {
            let tree = root.removing(path.names[...])
            return try SopsFile(Array((SopsJSON.text(tree) + "\n").utf8), format: format)
        }
        guard let start = root.start(of: path.names[...]) else { throw .name("it is not a value of the file") }
        let line = lineStart(start)
        let isAlone = bytes[line..<start].allSatisfy { $0 == 0x20 }
        let end = lineEnd(leaf.range.upperBound)
        guard isAlone else { throw .name("it shares its line with another one: remove it with `sops`") }
        return try splicing([(line..<end, "")])
    }

    /// Puts another `sops` part in the place of this one.
    func replacingBlock(with block: SopsBlock) throws(SopsError) -> SopsFile {
        guard let index = root.members.firstIndex(where: { $0.name == "sops" }) else { throw .notEncrypted }
        switch format {
        case .json:
            var members = root.members
            members[index].value = block.node
            return try SopsFile(Array((SopsJSON.text(.map(members)) + "\n").utf8), format: format)
        case .yaml:
            let start = lineStart(root.members[index].start)
            return try splicing([(start..<partEnd(index), block.yaml)])
        case .dotenv:
            let lines = root.members[index].value.members.compactMap { member -> (Range<Int>, String)? in
                guard case .leaf(let leaf) = member.value else { return nil }
                return (member.start..<min(leaf.range.upperBound + 1, bytes.count), "")
            }
            let needsBreak = bytes.last.map { $0 != 0x0A } ?? false
            return try splicing(lines + [(bytes.count..<bytes.count, (needsBreak ? "\n" : "") + block.dotenv)])
        }
    }

    func splicing(_ changes: [(range: Range<Int>, text: String)]) throws(SopsError) -> SopsFile {
        var output: [UInt8] = []
        var copied = 0
        for change in changes.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            guard change.range.lowerBound >= copied, change.range.upperBound <= bytes.count else {
                throw .syntax(line: nil)
            }
            output += bytes[copied..<change.range.lowerBound] + Array(change.text.utf8)
            copied = change.range.upperBound
        }
        return try SopsFile(output + bytes[copied...], format: format)
    }

    /// Where a member of YAML's outermost map ends: before the comments and empty lines that follow it.
    private func partEnd(_ index: Int) -> Int {
        let members = root.members
        var end = index == members.count - 1 ? bytes.count : lineStart(members[index + 1].start)
        let last = members[index].value.leaves(below: SopsPath(names: [])).map(\.leaf.range.upperBound).max() ?? end
        while end > last {
            let start = lineStart(end - 1)
            let first = bytes[start..<end].first { $0 > 0x20 }
            guard start >= last, first == nil || first == UInt8(ascii: "#") else { break }
            end = start
        }
        return end
    }

    /// A text as it stands in YAML: a name without a value ends in its colon, and a block with its line.
    private func yaml(_ text: String, at range: Range<Int>) -> String {
        let needsSpace = range.isEmpty && bytes[..<range.lowerBound].last == UInt8(ascii: ":")
        let needsBreak = bytes[range].last == 0x0A
        return (needsSpace ? " " : "") + SopsJSON.quoted(text).raw + (needsBreak ? "\n" : "")
    }

    /// Where the next line starts; a block of YAML ends there already.
    private func lineEnd(_ offset: Int) -> Int {
        guard bytes[..<offset].last != 0x0A else { return offset }
        return bytes[offset...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
    }

    private func lineStart(_ offset: Int) -> Int {
        bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    }
}

extension SopsNode {
    fileprivate func replacing(_ path: ArraySlice<String>, with leaf: SopsLeaf) -> SopsNode {
        guard let name = path.first else { return .leaf(leaf) }
        guard case .map(let members) = self else { return self }
        return .map(
            members.map { member in
                guard member.name.utf8.elementsEqual(name.utf8) else { return member }
                return Member(name: name, value: member.value.replacing(path.dropFirst(), with: leaf))
            }
        )
    }

    fileprivate func replacingLeaves(_ texts: inout ArraySlice<String?>) -> SopsNode {
        switch self {
        case .leaf(let leaf):
            guard let text = texts.popFirst() ?? nil else { return .leaf(leaf) }
            return .leaf(SopsJSON.quoted(text))
        case .list(let elements): return .list(elements.map { $0.replacingLeaves(&texts) })
        case .map(let members):
            return .map(members.map { Member(name: $0.name, value: $0.value.replacingLeaves(&texts)) })
        }
    }

    fileprivate func removing(_ path: ArraySlice<String>) -> SopsNode {
        guard let name = path.first, case .map(let members) = self else { return self }
        return .map(
            members.compactMap { member in
                guard member.name.utf8.elementsEqual(name.utf8) else { return member }
                guard path.count > 1 else { return nil }
                return Member(name: name, value: member.value.removing(path.dropFirst()))
            }
        )
    }

    fileprivate func start(of path: ArraySlice<String>) -> Int? {
        guard let name = path.first, let member = members.first(where: { $0.name.utf8.elementsEqual(name.utf8) })
        else { return nil }
        return path.count == 1 ? member.start : member.value.start(of: path.dropFirst())
    }
}
