internal import PolicyAnalysis

extension GitHubTrust {
    /// A job that gets in, for a note; none where nobody does.
    var example: [String] { jobs?.first.map { ["token: \($0.text)"] } ?? [] }
}

extension TrustedJob {
    /// The token in one line.
    var text: String { "\(witness.text) sub=\(subject.isPlain ? subject : "'\(subject)'")" }

    /// The kind of token and the token.
    var line: String { "\(row.name): \(text)" }
}

extension String {
    fileprivate var isPlain: Bool { utf8.allSatisfy { (0x21...0x7E).contains($0) } }
}
