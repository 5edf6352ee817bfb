/// Runs git's own plumbing, which changes nothing and runs neither hook nor filter.
enum Git {
    /// What git prints, at most `limit` bytes of it; nil where there is no git.
    static func run(_ arguments: [String], limit: Int = 4096) -> (status: Int32, output: [UInt8])? {
        guard let git = GitProcess(arguments) else { return nil }
        var output: [UInt8] = []
        git.read { piece in
            output += piece.prefix(limit - output.count)
            return output.count < limit
        }
        let status = git.end()
        return (output.count >= limit ? 0 : status, output)
    }
}
