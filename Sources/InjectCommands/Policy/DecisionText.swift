internal import Diagnostics
internal import Policy

/// Words for decisions.
enum DecisionText {
    /// The nearest grant and what of it did not match.
    static func nearestMiss(_ decision: Decision) -> [Diagnostic.Remark] {
        switch decision.outcome {
        case .allow: return []
        case .deny(.denied(let rule)):
            return [.note("deny rule `\(rule.id)`, line \(rule.span.line), takes it away")]
        case .deny:
            guard let nearest = decision.grants.first else { return [.note("no grant names `\(decision.secret)`")] }
            var remarks: [Diagnostic.Remark] = [
                .note("the nearest grant is `\(nearest.grant.id)`, line \(nearest.grant.span.line)")
            ]
            if nearest.timing != .current { remarks.append(.note("its time is \(nearest.timing.rawValue)")) }
            for condition in nearest.conditions where !condition.holds {
                remarks.append(.note(sentence(condition)))
            }
            return remarks
        }
    }

    /// One condition that does not hold.
    static func sentence(_ evaluation: ConditionEvaluation) -> String {
        let actual = evaluation.actual.map { "is `\(text($0))`" } ?? "is absent"
        return "`\(evaluation.condition.claim)` \(actual), and must be \(expected(evaluation.condition))"
    }

    /// What a condition wants.
    static func expected(_ condition: ClaimCondition) -> String {
        let patterns = condition.patterns.map { "`\($0.glob.text)`" }.joined(separator: " or ")
        return condition.isNegated ? "anything but \(patterns)" : patterns
    }

    /// A claim's value for a person: bytes that are not text, and control characters, become U+FFFD.
    static func text(_ value: [UInt8]) -> String {
        String(
            String.UnicodeScalarView(
                String(decoding: value, as: UTF8.self).unicodeScalars.map { scalar in
                    scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar
                }))
    }
}
