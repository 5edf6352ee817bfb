internal import Secrets

/// Who may ask about every scoped token; of their credentials there are the SHA-256 alone.
package struct Administrators: Sendable {
    /// Nobody.
    package static let none = Administrators([])

    private let known: [(name: String, digest: TokenDigest)]

    /// Knows some by the digests of their credentials, which have to be random: a digest gives a short one away.
    package init(_ known: [(name: String, digest: TokenDigest)]) { self.known = known }

    /// Whether there is nobody.
    var isEmpty: Bool { known.isEmpty }

    /// Whose credential it is; the time that takes says nothing of how much of one was right.
    func name(of credential: SecretBytes) -> String? {
        guard let shown = try? credential.withExposedBytes({ bytes in try TokenDigest(of: bytes) }) else { return nil }
        var found: String?
        for (name, digest) in known {
            let difference = zip(digest.bytes, shown.bytes).reduce(into: UInt8(0)) { $0 |= $1.0 ^ $1.1 }
            if difference == 0 { found = name }
        }
        return found
    }
}
