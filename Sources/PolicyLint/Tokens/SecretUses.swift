internal import YAMLSyntax

/// The secrets of GitHub that a part of a workflow reads.
package struct SecretUses: Sendable {
    /// The names, each once, in the order of the file.
    package private(set) var names: [String] = []
    /// The variable that holds nothing but a secret, by the secret's name, where there is one.
    package private(set) var variables: [String: String] = [:]
    /// Whether all of them are taken at once, by `secrets: inherit` or as a whole object.
    package private(set) var takesAll = false

    /// What a job reads, with the variables that it has from its workflow.
    init(_ node: YAMLNode?, variables: YAMLNode?) {
        if let node { add(node) }
        guard let variables else { return }
        addVariables(variables)
        add(variables)
    }

    private mutating func add(_ node: YAMLNode) {
        if let text = node.text { add(text) }
        for element in node.elements { add(element) }
        for pair in node.pairs {
            if pair.key == "secrets", pair.value.text == "inherit" { takesAll = true }
            if pair.key == "env" { addVariables(pair.value) }
            add(pair.value)
        }
    }

    private mutating func addVariables(_ node: YAMLNode) {
        for pair in node.pairs {
            let text = (pair.value.text ?? "").filter { $0 != " " }
            guard text.hasPrefix("${{secrets."), text.hasSuffix("}}") else { continue }
            let name = String(text.dropFirst("${{secrets.".count).dropLast(2))
            guard name.utf8.allSatisfy(Self.isWord), variables[name] == nil else { continue }
            variables[name] = pair.key
        }
    }

    /// GitHub reads `secrets` only inside of `${{ }}`.
    private mutating func add(_ text: String) {
        for part in text.split(separator: "${{").dropFirst(text.hasPrefix("${{") ? 0 : 1) {
            addExpression(Array((part.split(separator: "}}", omittingEmptySubsequences: false).first ?? "").utf8))
        }
    }

    private mutating func addExpression(_ text: [UInt8]) {
        let word = Array("secrets".utf8)
        for start in text.indices where text[start...].starts(with: word) {
            guard start == 0 || !Self.isWord(text[start - 1]) && text[start - 1] != UInt8(ascii: ".") else { continue }
            let rest = text[(start + word.count)...].drop { $0 == UInt8(ascii: " ") }
            guard let next = rest.first, next == UInt8(ascii: ".") || next == UInt8(ascii: "[") else {
                if rest.first.map(Self.isWord) != true { takesAll = true }
                continue
            }
            let name = rest.dropFirst().drop { " '\"".utf8.contains($0) }.prefix(while: Self.isWord)
            add(name: String(decoding: name, as: UTF8.self))
        }
    }

    private mutating func add(name: String) {
        guard !name.isEmpty else {
            takesAll = true
            return
        }
        // GitHub's own token is minted for each job; it is no secret that anybody keeps.
        if name.uppercased() != "GITHUB_TOKEN", !names.contains(name) { names.append(name) }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-")
    }
}
