internal import StrictJSON

extension AuditLog {
    private static let searched = 32 << 20

    /// The digests of the scoped tokens whose issue the end of a log records, in hexadecimal: of some ten thousand records,
    /// more than there can be between a token's record and a crash.
    ///
    /// The end goes on in the older parts, where the newest was begun shortly before.
    package static func issuedTokens(atEndOf path: String) throws(AuditError) -> Set<String> {
        var digests: Set<String> = []
        var rest = searched
        for part in [path] + AuditSegments.paths(of: path).reversed() where rest > 0 {
            let reader = try AuditLogReader(part, last: rest)
            rest -= reader.byteCount
            _ = try reader.lines { line in
                if let digest = issuedToken(in: Array(line)) { digests.insert(digest) }
            }
        }
        return digests
    }

    private static func issuedToken(in line: [UInt8]) -> String? {
        guard let root = (try? JSONDocument(line, limits: AuditLine.limits))?.root.object,
            root["event"]?.text(in: line) == AuditEventKind.tokenIssued.rawValue
        else { return nil }
        return root["token_sha256"]?.text(in: line)
    }
}
