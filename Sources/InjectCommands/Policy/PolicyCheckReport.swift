internal import Diagnostics
internal import StrictJSON

/// The results of a policy's tests and assertions, for people or programs.
enum PolicyCheckReport {
    static func text(_ checks: [PolicyCheck]) -> String {
        var text = checks.flatMap(\.diagnostics).map { $0.text + "\n" }.joined()
        for check in checks where check.isPassed { text += "ok  \(check.name)\n" }
        let failed = checks.count { if case .failed = $0.outcome { true } else { false } }
        let unknown = checks.count { if case .unknown = $0.outcome { true } else { false } }
        text += "\(checks.count - failed - unknown) passed, \(failed) failed"
        return text + (unknown > 0 ? ", \(unknown) unknown\n" : "\n")
    }

    /// One object a check, one a line.
    static func json(_ checks: [PolicyCheck]) -> String {
        checks.map { check in
            JSONWriter.object([
                ("name", .string(check.name)),
                ("file", .string(check.span.source.name)),
                ("line", .integer(Int64(check.span.line))),
                ("result", .string(word(check))),
                ("messages", .array(check.diagnostics.map { .string($0.message) })),
                ("token", .object(check.token.map { ($0.name, .string($0.value)) })),
            ]).line + "\n"
        }.joined()
    }

    /// The form that test reports of CI systems read.
    static func junit(_ checks: [PolicyCheck], policy: String) -> String {
        let failed = checks.count { if case .failed = $0.outcome { true } else { false } }
        let unknown = checks.count { if case .unknown = $0.outcome { true } else { false } }
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<testsuite name=\"\(XMLText.escaped(policy))\" tests=\"\(checks.count)\""
        text += " failures=\"\(failed)\" errors=\"\(unknown)\">\n"
        for check in checks { text += testCase(check, policy) }
        return text + "</testsuite>\n"
    }

    private static func testCase(_ check: PolicyCheck, _ policy: String) -> String {
        let start = "  <testcase classname=\"\(XMLText.escaped(policy))\" name=\"\(XMLText.escaped(check.name))\""
        guard let first = check.diagnostics.first else { return start + "/>\n" }
        let element = if case .unknown = check.outcome { "error" } else { "failure" }
        let body = XMLText.escaped(check.diagnostics.map(\.text).joined(separator: "\n"))
        let message = XMLText.escaped(first.message)
        return start + ">\n    <\(element) message=\"\(message)\">\(body)</\(element)>\n  </testcase>\n"
    }

    private static func word(_ check: PolicyCheck) -> String {
        switch check.outcome {
        case .passed: "passed"
        case .failed: "failed"
        case .unknown: "unknown"
        }
    }
}
