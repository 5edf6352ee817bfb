internal import Diagnostics
internal import StrictJSON

/// Findings as SARIF 2.1.0, within the limits of GitHub's code scanning.
///
/// Source: GitHub, "SARIF support for code scanning": of a run's results the first 5,000 are kept, a rule may have ten
/// tags, and texts 1,024 characters.
package enum SARIFReport {
    /// The most results that GitHub keeps of a run.
    package static let maximumResults = 5_000

    /// The report, in one line with a line break at its end; errors come first where there are too many.
    package static func text(_ findings: [LintFinding], rules: [any LintRule], version: String) -> String {
        let kept = findings.count <= maximumResults ? findings : Array(ranked(findings).prefix(maximumResults))
        let driver = JSONWriter.object([
            ("name", .string("inject")), ("semanticVersion", .string(version)),
            ("rules", .array(rules.flatMap { descriptors($0.facts) })),
        ])
        let run = JSONWriter.object([
            ("tool", .object([("driver", driver)])),
            ("automationDetails", .object([("id", .string("inject/lint/"))])),
            ("columnKind", .string("unicodeCodePoints")), ("results", .array(kept.map(result))),
        ])
        return JSONWriter.object([
            ("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")), ("version", .string("2.1.0")),
            ("runs", .array([run])),
        ]).line + "\n"
    }

    /// Findings by how grave they are, and otherwise in their order.
    package static func ranked(_ findings: [LintFinding]) -> [LintFinding] {
        let severities: [Diagnostic.Severity] = [.error, .warning, .note]
        return severities.flatMap { severity in findings.filter { $0.diagnostic.severity == severity } }
    }

    /// One descriptor for each id that a rule's findings can have.
    private static func descriptors(_ facts: RuleFacts) -> [JSONWriter] {
        (facts.refusals.isEmpty ? [facts.id] : facts.refusals).map { id in
            .object([
                ("id", .string(id.description)), ("name", .string(facts.code)),
                ("shortDescription", text(facts.summary)), ("fullDescription", text(facts.why)),
                ("help", .object([("text", .string(facts.why)), ("markdown", .string(facts.section))])),
                ("defaultConfiguration", .object([("level", .string(facts.severity.rawValue))])),
                (
                    "properties",
                    .object([
                        ("tags", .array([.string("security"), .string(facts.code)])),
                        ("precision", .string(facts.confidence == .high ? "very-high" : facts.confidence.rawValue)),
                        (
                            "problem.severity",
                            .string(facts.severity == .note ? "recommendation" : facts.severity.rawValue)
                        ),
                        ("security-severity", .string(score(facts.severity))),
                    ])
                ),
            ])
        }
    }

    private static func result(_ finding: LintFinding) -> JSONWriter {
        let diagnostic = finding.diagnostic
        return .object([
            ("ruleId", .string(diagnostic.id.description)), ("level", .string(diagnostic.severity.rawValue)),
            ("message", text(message(diagnostic))),
            ("locations", .array(finding.file.map { [location($0, diagnostic.place)] } ?? [])),
            ("partialFingerprints", .object([("primaryLocationLineHash", .string(finding.fingerprint))])),
        ])
    }

    private static func location(_ file: String, _ place: Diagnostic.Place?) -> JSONWriter {
        .object([
            (
                "physicalLocation",
                .object([
                    ("artifactLocation", .object([("uri", .string(uri(file)))])), ("region", region(place)),
                ])
            )
        ])
    }

    private static func region(_ place: Diagnostic.Place?) -> JSONWriter {
        switch place {
        case .span(let span, _):
            .object([
                ("startLine", .integer(Int64(span.line))), ("startColumn", .integer(Int64(span.column))),
                ("endLine", .integer(Int64(span.line))),
                ("endColumn", .integer(Int64(span.column + span.widthOnFirstLine))),
            ])
        case .line(_, let line): .object([("startLine", .integer(Int64(line)))])
        case .file, nil: .object([("startLine", .integer(1))])
        }
    }

    private static func message(_ diagnostic: Diagnostic) -> String {
        let lines = diagnostic.remarks.compactMap { remark -> String? in
            switch remark {
            case .note(let text): text
            case .help(let text): "help: " + text
            case .rule: nil
            }
        }
        return ([diagnostic.message] + lines).joined(separator: "\n")
    }

    private static func text(_ text: String) -> JSONWriter { .object([("text", .string(String(text.prefix(1024))))]) }

    private static func score(_ severity: Diagnostic.Severity) -> String {
        switch severity {
        case .error: "8.0"
        case .warning: "5.0"
        case .note: "2.0"
        }
    }

    /// The path as a relative reference (RFC 3986, section 4.2): what is no unreserved character or `/` is encoded.
    private static func uri(_ path: String) -> String {
        var uri = ""
        for byte in path.utf8 {
            let isLetter = (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
            if isLetter || "-._~/".utf8.contains(byte) {
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                uri += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            }
        }
        return uri
    }
}
