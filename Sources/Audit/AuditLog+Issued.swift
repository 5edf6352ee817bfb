internal import StrictJSON

extension AuditLog {
    private static let searched = 32 << 20

    /// The digests of the scoped tokens whose issue the end of a log records, in hexadecimal: of some ten thousand records,
    /// more than there can be between a token's record and a crash.
    package static func issuedTokens(atEndOf path: String) throws(AuditError) -> Set<String> {
        var digests: Set<String> = []
        _ = try AuditLogReader(path, last: searched).lines { line in
            let line = Array(line)
            guard let root = (try? JSONDocument(line, limits: AuditLine.limits))?.root.object,
                root["event"]?.text(in: line) == AuditEventKind.tokenIssued.rawValue,
                let digest = root["token_sha256"]?.text(in: line)
            else { return }
            digests.insert(digest)
        }
        return digests
    }
}
