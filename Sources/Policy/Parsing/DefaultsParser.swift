internal import Diagnostics
internal import YAMLSyntax

/// Reads `defaults`, durations and times.
struct DefaultsParser {
    let findings: Findings

    func defaults(_ node: YAMLNode?) -> PolicyDefaults {
        let pairs = node.flatMap { findings.pairs($0, PolicyKeys.defaults) } ?? [:]
        return PolicyDefaults(
            ttl: ttl(pairs["ttl"]) ?? 15 * 60,
            maximumAge: maximumAge(pairs["max_age"]),
            owner: pairs["owner"].flatMap { findings.text($0.value, "owner") }
        )
    }

    /// `[0-9]+(s|m|h)`, from a second to an hour.
    func ttl(_ pair: YAMLNode.Pair?) -> Int? {
        guard let pair, let text = findings.text(pair.value, "ttl") else { return nil }
        let seconds = Duration.seconds(text, units: ["s": 1, "m": 60, "h": 3600])
        if let seconds, (1...3600).contains(seconds) { return seconds }
        let isLong = (seconds ?? 0) > 0
        findings.report(
            .policyBadValue,
            isLong ? "a token that lives `\(text)` is not short-lived" : "`\(text)` is no time a token can live",
            pair.value.span,
            help: "write a number and `s`, `m` or `h`, at most 1h"
        )
        return nil
    }

    /// `[0-9]+(h|d|w)`.
    func maximumAge(_ pair: YAMLNode.Pair?) -> Int? {
        guard let pair, let text = findings.text(pair.value, "max_age") else { return nil }
        let seconds = Duration.seconds(text, units: ["h": 3600, "d": 86_400, "w": 604_800])
        if let seconds, seconds > 0 { return seconds }
        findings.report(
            .policyBadValue,
            "`\(text)` is no age",
            pair.value.span,
            help: "write a number and `h`, `d` or `w`, such as 90d"
        )
        return nil
    }

    /// An RFC 3339 time, as seconds since the Unix epoch.
    func time(_ pair: YAMLNode.Pair?, _ name: String) -> Int64? {
        guard let pair, let text = findings.text(pair.value, name) else { return nil }
        if let time = Timestamp.seconds(text) { return time }
        findings.report(
            .policyBadValue,
            "`\(text)` is no time",
            pair.value.span,
            help: "write it as \"2026-11-24T02:00:00Z\""
        )
        return nil
    }
}
