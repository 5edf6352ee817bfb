/// The `sops` part of a file that is written anew; its MAC is put in afterwards.
struct SopsBlock {
    /// The version of sops whose files look so.
    private static let version = "3.9.0"
    private static let context = "context"
    /// Names that end so stay readable, where a file has no rule.
    static let suffix = "_unencrypted"

    let wrappings: [WrappedDataKey]
    /// When the data key was wrapped, as RFC 3339 writes it.
    let moment: String
    /// Settings that say what is encrypted; sops' own default for a new file.
    var settings = [(name: "unencrypted_suffix", leaf: SopsJSON.quoted(Self.suffix))]

    /// The part in JSON.
    var node: SopsNode {
        let kms = wrappings.compactMap { wrapping -> SopsNode? in
            guard case .kms(let kms) = wrapping else { return nil }
            let context = kms.context.map { SopsNode.Member(name: $0.name, value: text($0.value)) }
            let members = [
                SopsNode.Member(name: "arn", value: text(kms.key)), .init(name: "created_at", value: text(moment)),
                .init(name: "enc", value: text(Base64Text.encode(kms.ciphertext, padded: true))),
            ]
            return .map(members + (context.isEmpty ? [] : [.init(name: Self.context, value: .map(context))]))
        }
        let age = wrappings.compactMap { wrapping -> SopsNode? in
            guard case .age(let recipient, let file) = wrapping else { return nil }
            return .map([.init(name: "recipient", value: text(recipient)), .init(name: "enc", value: text(file))])
        }
        let members: [SopsNode.Member] = [
            .init(name: "kms", value: .list(kms)), .init(name: "age", value: .list(age)),
            .init(name: "lastmodified", value: text(moment)), .init(name: "mac", value: text("none")),
        ]
        let settings = settings.map { SopsNode.Member(name: $0.name, value: .leaf($0.leaf)) }
        return .map(members + settings + [.init(name: "version", value: text(Self.version))])
    }

    /// The part in YAML, with its own name; every text from outside is quoted as JSON, which is YAML as well.
    var yaml: String { "sops:\n" + Self.yaml(node, indent: "    ") }

    /// The part as lines of dotenv.
    var dotenv: String {
        Self.flat(node, "").map { "\(SopsDotenv.prefix)\($0.name)=\($0.text.replacing("\n", with: "\\n"))\n" }.joined()
    }

    private func text(_ text: String) -> SopsNode { .leaf(SopsJSON.quoted(text)) }

    private static func yaml(_ node: SopsNode, indent: String, quotesNames: Bool = false) -> String {
        node.members.map { member in
            switch member.value {
            case .leaf(let leaf):
                let name = quotesNames ? SopsJSON.quoted(member.name).raw : member.name
                return "\(indent)\(name): \(leaf.raw)\n"
            case .map:
                // Whoever encrypts chooses the names of a context.
                let inner = yaml(member.value, indent: indent + "    ", quotesNames: member.name == context)
                return "\(indent)\(member.name):\n" + inner
            case .list(let elements):
                guard !elements.isEmpty else { return "\(indent)\(member.name): []\n" }
                return "\(indent)\(member.name):\n" + elements.map { item($0, indent: indent + "    ") }.joined()
            }
        }.joined()
    }

    /// A map as an element of a list: a hyphen in the place of two spaces.
    private static func item(_ node: SopsNode, indent: String) -> String {
        let lines = yaml(node, indent: indent + "  ")
        return indent + "- " + lines.dropFirst(indent.count + 2)
    }

    private static func flat(_ node: SopsNode, _ prefix: String) -> [(name: String, text: String)] {
        switch node {
        case .leaf(let leaf): [(prefix, leaf.text)]
        case .list(let elements): elements.enumerated().flatMap { flat($1, "\(prefix)__list_\($0)") }
        case .map(let members):
            members.flatMap { flat($0.value, prefix.isEmpty ? $0.name : "\(prefix)__map_\($0.name)") }
        }
    }
}
