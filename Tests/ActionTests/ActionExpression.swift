import Foundation

/// The part of GitHub's expressions that the actions use: dotted names, `always()`, and comparisons with a text, joined
/// by `&&`.
struct ActionExpression {
    /// An expression that the runner would know and this does not.
    struct Unknown: Error {
        let text: String
    }

    /// Names such as `inputs.run` and `steps.install.outputs.program`; what is not there is empty.
    let values: [String: String]

    /// A text with its `${{ … }}` replaced.
    func text(_ template: String) throws -> String {
        var result = ""
        var rest = template[...]
        while let start = rest.range(of: "${{") {
            guard let end = rest.range(of: "}}", range: start.upperBound..<rest.endIndex) else {
                throw Unknown(text: template)
            }
            result += rest[..<start.lowerBound]
            result += try value(rest[start.upperBound..<end.lowerBound])
            rest = rest[end.upperBound...]
        }
        return result + rest
    }

    /// Whether a step runs; one that does not say `always()` runs only where none has failed before.
    func runs(_ condition: String?, afterFailure hasFailed: Bool) throws -> Bool {
        let parts = condition?.components(separatedBy: "&&").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
        guard !hasFailed || parts.contains("always()") else { return false }
        return try parts.filter { $0 != "always()" }.allSatisfy { part in
            for (sign, expected) in [("==", true), ("!=", false)] {
                let sides = part.components(separatedBy: sign).map { $0.trimmingCharacters(in: .whitespaces) }
                guard sides.count == 2 else { continue }
                guard sides[1].hasPrefix("'"), sides[1].hasSuffix("'") else { break }
                return try (value(sides[0][...]) == sides[1].dropFirst().dropLast()) == expected
            }
            throw Unknown(text: part)
        }
    }

    private func value(_ name: Substring) throws -> String {
        let name = name.trimmingCharacters(in: .whitespaces)
        guard name.wholeMatch(of: /(inputs|steps|github)(\.[A-Za-z0-9_-]+)+/) != nil else { throw Unknown(text: name) }
        return values[name] ?? ""
    }
}
