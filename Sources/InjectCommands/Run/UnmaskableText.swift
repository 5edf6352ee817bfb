internal import Diagnostics
internal import LogMasking

/// Says which values are not masked.
enum UnmaskableText {
    static func diagnostic(_ value: UnmaskableValue) -> Diagnostic {
        let reason =
            switch value.reason {
            case .tooShort: "it is shorter than four bytes"
            case .tooCommon: "it is a word that logs are full of"
            }
        return Diagnostic(
            .warning,
            .secretNotMasked,
            "the value of `\(value.name)` is not masked: \(reason)",
            [.help("give it a longer value, or say `mask: \"false\"` in the policy if it is no secret")]
        )
    }
}

extension Diagnostic.ID {
    /// A value is too short or too common to be masked.
    static let secretNotMasked = Diagnostic.ID("secret-not-masked")
}
