/// `.env.example`: the names of the variables that a developer's machine needs, without values.
enum EnvironmentExample {
    static let name = ".env.example"

    /// The names that a file assigns, each once, in its order.
    ///
    /// Only names are looked for, so that every dialect of such files will do.
    static func names(in bytes: [UInt8]) -> [String] {
        var names: [String] = []
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            var text = line.drop { $0 == 0x20 || $0 == 0x09 }
            if text.starts(with: "export ".utf8) { text = text.dropFirst(7).drop { $0 == 0x20 } }
            let name = text.prefix { isName($0) }
            let rest = text.dropFirst(name.count).drop { $0 == 0x20 }
            guard let first = name.first, !(0x30...0x39).contains(first), rest.first == UInt8(ascii: "=") else {
                continue
            }
            let found = String(decoding: name, as: UTF8.self)
            if found.utf8.count <= 255, !names.contains(found) { names.append(found) }
        }
        return names
    }

    /// A file of names to be filled in.
    static func text(_ names: [String], file: String) -> String {
        "# What \(file) holds on a developer's machine: copy this file and fill it in. Never commit values.\n"
            + names.map { "\($0)=\n" }.joined()
    }

    private static func isName(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }
}
