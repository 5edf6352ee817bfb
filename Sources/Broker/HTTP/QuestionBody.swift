package import Secrets
internal import StrictJSON

/// The JSON of a request for secrets: `{"secrets":["ENVIRONMENT/NAME", …], "subject_token": "…"}`, each member at most once
/// and no others.
package struct QuestionBody {
    private static let limits = JSONLimits(bytes: 32 * 1024, depth: 3, members: 512)

    /// The secrets that are asked for; none means all.
    package let secrets: [SecretPath]
    /// The job's token, where it is part of the question.
    package let subjectToken: SecretBytes?

    /// Returns nil for anything else; an empty body asks for everything.
    package init?(_ body: SecretBytes, allowsToken: Bool) {
        if body.isEmpty, !allowsToken {
            (secrets, subjectToken) = ([], nil)
            return
        }
        let read: ([SecretPath], SecretBytes?)? = body.withExposedBytes { text in
            guard let root = (try? JSONDocument(indexing: text, limits: Self.limits))?.root.object else { return nil }
            let known = allowsToken ? ["secrets", "subject_token"] : ["secrets"]
            let isKnown = root.members.allSatisfy { member in known.contains { member.name.elementsEqual($0.utf8) } }
            guard isKnown, let paths = Self.paths(root["secrets"], text) else { return nil }
            guard let token = root["subject_token"] else { return (paths, nil) }
            return token.string.flatMap { Self.secret($0, text) }.map { (paths, $0) }
        }
        guard let read else { return nil }
        (secrets, subjectToken) = read
    }

    private static func paths(_ node: JSONNode?, _ text: UnsafeRawBufferPointer) -> [SecretPath]? {
        guard let node else { return [] }
        guard let elements = node.array else { return nil }
        let paths = elements.compactMap { element in
            element.string.flatMap { SecretPath(String(decoding: $0.bytes(in: text), as: UTF8.self)) }
        }
        return paths.count == elements.count ? paths : nil
    }

    private static func secret(_ string: JSONString, _ text: UnsafeRawBufferPointer) -> SecretBytes? {
        guard var output = try? SecretBuffer(capacity: max(string.decodedCount, 1)) else { return nil }
        _ = try? output.appendUninitialized(capacity: string.decodedCount) { string.decode(from: text, into: $0) }
        return output.finish()
    }
}
