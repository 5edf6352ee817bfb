internal import Diagnostics

/// Reads `--claim NAME=VALUE`.
enum ClaimArguments {
    static func parse(_ arguments: [String]) throws(Diagnostic) -> [(name: String, value: String)] {
        var claims: [(name: String, value: String)] = []
        for argument in arguments {
            guard let claim = NamedValue(argument) else {
                throw Diagnostic(
                    .usage,
                    "`\(argument)` is no claim",
                    [.help("write `--claim NAME=VALUE`, such as `--claim ref=refs/heads/main`")]
                )
            }
            claims.append((claim.name, claim.value))
        }
        return claims
    }
}
