package import Diagnostics
import JOSE
package import Secrets
import StrictJSON

extension Diagnostic.ID {
    /// A token is longer than any issuer's.
    package static let tokenTooLong = Diagnostic.ID("token-too-long")
    /// A text is not a compact JSON Web Token, or its content is not what one has.
    package static let tokenMalformed = Diagnostic.ID("token-malformed")
}

/// A token as it came: of bounded length and with three segments, and nothing in it is to be believed.
package struct UnverifiedToken: Sendable {
    /// The longest token that is looked at, in bytes.
    package static let maximumCount = JWSLimits.token.bytes

    /// The compact serialization; whoever has it can act as the job until it expires.
    package let bytes: SecretBytes

    /// Checks length and shape alone.
    package init(_ bytes: SecretBytes) throws(Diagnostic) {
        guard bytes.count <= Self.maximumCount else { throw Self.tooLong }
        guard bytes.withExposedBytes({ Self.segments(of: $0) }) != nil else {
            throw Diagnostic(
                .tokenMalformed,
                "the token is not three segments with dots between them",
                [Self.asGiven]
            )
        }
        self.bytes = bytes
    }

    /// The issuer the token claims to come from; good for choosing words, never for choosing whom to trust.
    package var claimedIssuer: [UInt8]? {
        bytes.withExposedBytes { text in
            guard let range = Self.segments(of: text)?.payload,
                let payload = Base64URL.decode(UnsafeRawBufferPointer(rebasing: text[range])),
                let document = try? JSONDocument(payload, limits: .token)
            else { return nil }
            return payload.withUnsafeBytes { document.root.object?["iss"]?.string?.bytes(in: $0) }
        }
    }

    /// What helps where something stands around the token.
    static let asGiven = Diagnostic.Remark.help(
        "pass the compact token as the issuer gave it, without quotes or a `Bearer` in front")

    static let tooLong = Diagnostic(
        .tokenTooLong,
        "the token is longer than \(maximumCount) bytes",
        [.help("check that this is the token and not another file or variable")]
    )

    /// Finds two dots by scanning: a text of a million dots must not become a million pieces (CVE-2025-30204).
    private static func segments(of text: UnsafeRawBufferPointer) -> (payload: Range<Int>, signature: Range<Int>)? {
        let dot = UInt8(ascii: ".")
        guard let first = text.place(of: dot), let second = text.place(of: dot, from: first + 1),
            text.place(of: dot, from: second + 1) == nil, first > 0, second > first + 1, second + 1 < text.count
        else { return nil }
        return ((first + 1)..<second, (second + 1)..<text.count)
    }
}
