internal import Diagnostics
internal import StrictJSON

/// Finds the policies of IAM in a JSON file, whatever stands around them.
///
/// Plain policies, answers of AWS, templates of CloudFormation and Terraform's JSON all hold a map with `Statement`, or a
/// text that is such a map; Terraform's `aws_iam_policy_document` says the same in words of its own.
struct IAMReader {
    private var documents: [IAMDocument] = []

    /// The policies of a file, in its order; a file without any has a diagnostic.
    static func documents(in source: SourceText) throws(Diagnostic) -> [IAMDocument] {
        let excerpt = try JSONExcerpt(source)
        var reader = IAMReader()
        reader.visit(excerpt.root, excerpt)
        guard !reader.documents.isEmpty else {
            throw Diagnostic(
                .iamUnreadable,
                "the file holds no policy of IAM",
                at: .file(source.name),
                [.help("name a file with a map that has `Statement`")]
            )
        }
        return reader.documents
    }

    private mutating func visit(_ node: JSONNode, _ excerpt: JSONExcerpt) {
        switch node {
        case .object(let object): visit(object, excerpt)
        case .array(let elements):
            for element in elements { visit(element, excerpt) }
        case .string(let string):
            guard let inner = JSONExcerpt(string, of: excerpt) else { return }
            visit(inner.root, inner)
        case .null, .bool, .number: return
        }
    }

    private mutating func visit(_ object: JSONObject, _ excerpt: JSONExcerpt) {
        for words in IAMWords.all {
            guard let node = object[words.statement] else { continue }
            let parser = IAMStatementParser(excerpt: excerpt, words: words)
            let statements = (node.array ?? [node]).enumerated().compactMap { parser.statement($1, number: $0 + 1) }
            guard !statements.isEmpty else { continue }
            documents.append(
                IAMDocument(
                    statements: statements,
                    span: excerpt.start(of: .object(object)),
                    length: Self.length(of: .object(object))
                )
            )
            return
        }
        for member in object.members { visit(member.value, excerpt) }
    }

    /// The characters of a document without white space between its tokens.
    private static func length(of node: JSONNode) -> Int {
        switch node {
        case .null: 4
        case .bool(let value): value ? 4 : 5
        case .number(let number): number.range.count
        case .string(let string): string.range.count + 2
        case .array(let elements): elements.reduce(max(elements.count, 1) + 1) { $0 + length(of: $1) }
        case .object(let object):
            object.members.reduce(max(object.members.count, 1) + 1) { $0 + $1.range.count + 3 + length(of: $1.value) }
        }
    }
}
