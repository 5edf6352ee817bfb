internal import StrictJSON

/// A line of a log as it is shown.
struct ShownRecord {
    private let line: [UInt8]
    private let root: JSONObject?

    init(_ line: [UInt8]) {
        self.line = line
        root = (try? JSONDocument(line, limits: JSONLimits(bytes: 1 << 16, depth: 4, members: 128)))?.root.object
    }

    subscript(_ names: String...) -> String? {
        var node = root.map(JSONNode.object)
        for name in names { node = node?.object?[name] }
        return node?.string.map { string in
            line.withUnsafeBytes { String(decoding: string.bytes(in: $0), as: UTF8.self) }
        }
    }

    /// The secret, with its environment.
    var secret: String? {
        guard let name = self["object", "secret"] else { return nil }
        return self["object", "environment"].map { "\($0)/\(name)" } ?? name
    }

    /// Whether it names a secret, alone or among others.
    func isAbout(_ name: String) -> Bool {
        guard let secret else { return false }
        return secret == name || secret.split(separator: " ").contains { $0 == name }
    }

    /// Time, event, outcome, then what the record says beside them, all without control characters.
    var text: String {
        guard let time = self["time"] else { return "(not a record)" }
        let said = [
            ("reason", self["reason"]), ("by", self["actor", "sub"]), ("run", self["actor", "run_id"]),
            ("from", self["source", "ip"]), ("grant", self["policy", "grant"]),
            ("break-glass", self["break_glass", "reason"]),
        ]
        let head = [time, self["event"] ?? "?", self["outcome"] ?? "?"] + (secret.map { [$0] } ?? [])
        let parts = head + said.compactMap { name, value in value.map { "\(name)=\($0)" } }
        return String(parts.joined(separator: "  ").map { $0.isPrintable ? $0 : "\u{FFFD}" })
    }
}

extension Character {
    fileprivate var isPrintable: Bool {
        unicodeScalars.allSatisfy { ![.control, .format, .lineSeparator].contains($0.properties.generalCategory) }
    }
}
