internal import Diagnostics

/// P17: text in the policy that looks like a secret value.
package struct PlaintextSecret: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P17",
        "plaintext-secret",
        .error,
        confidence: .medium,
        summary: "Text in the policy that looks like a secret value.",
        avoid: """
            reason: "key AKIA…"
            """,
        prefer: """
            from: "aws-sm:shop/prod/key"
            """,
        why: "Whoever can read the repository, now or in its history, has the secret."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        var lines: [Int] = []
        for (start, end) in Self.words(in: subject.source.bytes) where Self.isSecret(subject.source.bytes[start..<end])
        {
            let line = subject.source.line(at: start)
            if lines.last != line { lines.append(line) }
        }
        // The line is not shown: a report is read by more people than the file.
        return lines.map { line in
            finding(
                "this line holds what looks like a secret's value",
                at: .line(file: subject.source.name, line: line),
                help: "put the value into a store, name it with `from`, and make a new one: the old one is known"
            )
        }
    }

    private static let prefixes = [
        "AKIA", "ASIA", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "sk_live_", "rk_live_", "xoxb-", "xoxp-",
        "AIza", "npm_", "eyJhbGci", "AGE-SECRET-KEY-", "-----BEGIN",
    ].map { Array($0.utf8) }

    private static func isSecret(_ word: ArraySlice<UInt8>) -> Bool {
        if prefixes.contains(where: { word.starts(with: $0) && (word.count >= 16 || $0.count >= 9) }) { return true }
        guard word.count >= 32, word.allSatisfy({ isAlphanumeric($0) || "+/=_-".utf8.contains($0) }) else {
            return false
        }
        let upper = word.count { (0x41...0x5A).contains($0) }
        let digits = word.count { (0x30...0x39).contains($0) }
        // Names and paths have few capitals or few digits; random text has many of both.
        return upper * 5 >= word.count && digits * 8 >= word.count && word.count(where: { $0 == 0x2F }) <= 1
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }

    /// What stands between words, looked up for every byte of the file.
    private static let isSeparator = (0...255).map { $0 <= 0x20 || "\"'{}[],:#".utf8.contains(UInt8($0)) }

    private static func words(in bytes: [UInt8]) -> [(Int, Int)] {
        var words: [(Int, Int)] = []
        var start = 0
        for (offset, byte) in bytes.enumerated() where isSeparator[Int(byte)] {
            if offset - start >= 10 { words.append((start, offset)) }
            start = offset + 1
        }
        return bytes.count - start >= 10 ? words + [(start, bytes.count)] : words
    }
}
