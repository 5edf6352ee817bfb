extension FirstPolicyDraft {
    static func append(_ text: String, to list: inout [String]) {
        if !list.contains(text) { list.append(text) }
    }

    static func file(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    static func stem(_ path: String) -> String {
        plain(String(file(path).split(separator: ".").first ?? "workflow"))
    }

    /// The name in the letters that ids and environments may have.
    static func plain(_ name: String) -> String {
        let letters = name.unicodeScalars.map { scalar in
            let byte = scalar.isASCII ? UInt8(scalar.value) : 0x20
            let isPlain =
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || "-_.".utf8.contains(byte)
            return isPlain ? Character(scalar) : "-"
        }
        return letters.isEmpty ? "unnamed" : String(letters.prefix(200))
    }

    static func unused(_ name: String, among taken: [String], separator: String = "-") -> String {
        guard taken.contains(name) else { return name }
        var number = 2
        while taken.contains("\(name)\(separator)\(number)") { number += 1 }
        return "\(name)\(separator)\(number)"
    }
}
