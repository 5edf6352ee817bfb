package import Diagnostics
package import Secrets

/// The age identities of a person or a job: lines of a key file, as `age-keygen` writes them.
package struct AgeKeyRing: DataKeyService {
    private var identities: [X25519Identity]

    /// Reads the lines of a key file; empty ones and comments are passed over.
    ///
    /// - Parameter origin: what names the file, for messages.
    package init(_ text: SecretBytes, from origin: String) throws(Diagnostic) {
        var identities: [X25519Identity] = []
        for (index, range) in Self.lines(of: text).enumerated() where !range.isEmpty {
            let line = text.withExposedBytes { bytes in
                try? SecretBytes(copying: UnsafeRawBufferPointer(rebasing: bytes[range]))
            }
            guard let line, line.withExposedBytes({ $0.first != UInt8(ascii: "#") }) else { continue }
            do throws(AgeError) { identities.append(try X25519Identity(line)) } catch {
                guard error != .unavailable else { throw Self.unavailable("line \(index + 1) of \(origin)") }
                throw Diagnostic(
                    .ageIdentityMalformed, "line \(index + 1) of \(origin) is no age identity",
                    [.help("write one `AGE-SECRET-KEY-1…` a line, as `age-keygen` does")]
                )
            }
        }
        self.identities = identities
    }

    /// A ring without keys.
    package init() { identities = [] }

    /// Takes in the identities of another ring.
    package mutating func append(_ other: AgeKeyRing) { identities += other.identities }

    /// Whom these identities decrypt for.
    package var recipients: [String] { identities.map(\.recipient.text) }

    /// The data key of a recipient whose identity is here.
    package func dataKey(in wrapping: WrappedDataKey) async throws(Diagnostic) -> SecretBytes? {
        guard case .age(let recipient, let file) = wrapping, !identities.isEmpty else { return nil }
        do throws(AgeError) { return try AgeFile.open(Array(file.utf8), with: identities) } catch {
            guard error != .noMatch else { return nil }
            guard error != .unavailable else { throw Self.unavailable("the data key for `\(recipient)`") }
            throw Diagnostic(
                .encryptedFileRefused, "the data key for `\(recipient)` was changed, or is no age file",
                [.help("take the file from where it was written last")]
            )
        }
    }

    /// Nothing is wrong with the key, and nobody is to throw it away.
    private static func unavailable(_ subject: String) -> Diagnostic {
        Diagnostic(
            .encryptedFileLocked,
            "\(subject) cannot be used: there is no memory, or OpenSSL on this machine does not offer what age needs",
            [.help("is OpenSSL in FIPS mode? That has no X25519 and no ChaCha20-Poly1305")]
        )
    }

    private static func lines(of text: SecretBytes) -> [Range<Int>] {
        text.withExposedBytes { bytes in
            bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
                let end = line.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? line.startIndex
                let start = line.firstIndex { $0 > 0x20 } ?? end
                return min(start, end)..<end
            }
        }
    }
}

extension Diagnostic.ID {
    /// A line of a key file is no identity.
    package static let ageIdentityMalformed = Diagnostic.ID("age-identity-malformed")
    /// An encrypted file was changed, or cannot be read.
    package static let encryptedFileRefused = Diagnostic.ID("encrypted-file-refused")
    /// Nobody here can decrypt an encrypted file.
    package static let encryptedFileLocked = Diagnostic.ID("encrypted-file-locked")
    /// A name of an encrypted file cannot be read or written.
    package static let encryptedNameRefused = Diagnostic.ID("encrypted-name-refused")
}
