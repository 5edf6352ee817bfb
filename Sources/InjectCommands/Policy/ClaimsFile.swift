internal import Diagnostics
internal import Policy
internal import StrictJSON

/// Reads a JSON object of claims that somebody asks about; they are not a token's and open nothing.
enum ClaimsFile {
    static func read(_ path: String) throws(Diagnostic) -> ClaimSet {
        let text: [UInt8]
        do {
            text = try InputFile.bytes(of: path, limit: 1 << 20)
        } catch {
            throw Diagnostic(.claimsUnreadable, "the claims `\(path)` cannot be read: \(error.reason)")
        }
        guard let document = try? JSONDocument(text, limits: .document), let object = document.root.object else {
            throw Diagnostic(
                .claimsUnreadable,
                "the claims `\(path)` are not a JSON object without duplicates",
                [.help("write {\"event_name\": \"push\", \"ref\": \"refs/heads/main\"}")]
            )
        }
        // A claim that is no text matches nothing, as in a verified token.
        return text.withUnsafeBytes { bytes in
            ClaimSet(
                assumed: object.members.compactMap { member in
                    member.value.string.map { (name: member.name, value: $0.bytes(in: bytes)) }
                })
        }
    }
}

extension Diagnostic.ID {
    /// A file of claims cannot be read.
    static let claimsUnreadable = Diagnostic.ID("claims-unreadable")
}
