/// sops files of lines `NAME=value`; the `sops` part is flattened into names that start with `sops_`.
enum SopsDotenv {
    static let prefix = "sops_"

    static func parse(_ bytes: [UInt8]) throws(SopsError) -> SopsNode {
        var members: [SopsNode.Member] = []
        var metadata: [SopsNode.Member] = []
        var start = 0
        var line = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            line += 1
            defer { start = end + 1 }
            guard start < end, bytes[start] != UInt8(ascii: "#") else { continue }
            guard let equals = bytes[start..<end].firstIndex(of: UInt8(ascii: "=")), equals > start else {
                throw .syntax(line: line)
            }
            let name = String(decoding: bytes[start..<equals], as: UTF8.self)
            let raw = String(decoding: bytes[(equals + 1)..<end], as: UTF8.self)
            let text = raw.replacing("\\n", with: "\n")
            let leaf = SopsNode.leaf(SopsLeaf(text: text, raw: raw, range: (equals + 1)..<end))
            if name.hasPrefix(prefix) {
                let short = String(name.dropFirst(prefix.count))
                metadata.append(SopsNode.Member(name: short, value: leaf, start: start))
            } else {
                members.append(SopsNode.Member(name: name, value: leaf, start: start))
            }
        }
        let names = members.map { Array($0.name.utf8) }
        guard Set(names).count == names.count else { throw .syntax(line: nil) }
        guard let first = metadata.first else { return .map(members) }
        return .map(members + [SopsNode.Member(name: "sops", value: .map(metadata), start: first.start)])
    }
}
