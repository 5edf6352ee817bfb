internal import Diagnostics
internal import Policy

/// A policy as it is or was somewhere else.
enum PolicyRevision {
    /// A file, or else the policy of a revision; nil for a revision without one.
    static func policy(_ name: String, _ path: String) throws -> PolicyFile? {
        if InputFile.exists(name) { return try PolicySource.load(name).policy }
        guard let bytes = try GitBlob.read(path, at: name, limit: 256 * 1024 + 1) else { return nil }
        return try PolicyFile.parse(SourceText(name: "\(name):\(path)", bytes: bytes))
    }
}
