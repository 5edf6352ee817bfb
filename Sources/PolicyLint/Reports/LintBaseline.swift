internal import StrictJSON

/// Findings that were there before somebody began to lint, so that only new ones fail.
package struct LintBaseline: Sendable {
    private var counts: [String: Int]

    /// Reads what `text(_:)` wrote; nil for anything else.
    package init?(_ bytes: [UInt8]) {
        guard let document = try? JSONDocument(bytes, limits: .document), let root = document.root.object,
            let entries = root["findings"]?.array
        else { return nil }
        counts = [:]
        for entry in entries {
            guard let text = entry.object?["fingerprint"]?.string else { return nil }
            let fingerprint = bytes.withUnsafeBytes { String(decoding: text.bytes(in: $0), as: UTF8.self) }
            counts[fingerprint, default: 0] += 1
        }
    }

    /// The findings that are not in the baseline; of equal ones as many as there are more than before.
    package func new(_ findings: [LintFinding]) -> [LintFinding] {
        var counts = counts
        return findings.filter { finding in
            guard let count = counts[finding.fingerprint], count > 0 else { return true }
            counts[finding.fingerprint] = count - 1
            return false
        }
    }

    /// A file with these findings; no line of any source stands in it.
    package static func text(_ findings: [LintFinding]) -> String {
        var text = "{\"version\": 1, \"findings\": [\n"
        text += findings.map { finding in
            "  "
                + JSONWriter.object([
                    ("rule", .string(finding.facts.code)), ("file", .string(finding.file ?? "")),
                    ("fingerprint", .string(finding.fingerprint)),
                ]).line
        }.joined(separator: ",\n")
        return text + "\n]}\n"
    }
}
