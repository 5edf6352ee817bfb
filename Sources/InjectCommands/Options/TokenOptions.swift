internal import ArgumentParser
internal import Diagnostics

/// Where the job's OIDC token comes from and who may have issued it.
struct TokenOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Read the token from a file, `-` for standard input (INJECT_OIDC_TOKEN_FILE).",
            discussion: "Without it: GitHub's token service in a GitHub job, else a token of the local issuer.",
            valueName: "file"
        )
    )
    var oidcTokenFile: String?

    @Option(
        help: ArgumentHelp(
            "Read the token from this variable, such as one of GitLab's id_tokens (INJECT_OIDC_TOKEN_VARIABLE).",
            valueName: "name"
        )
    )
    var oidcTokenVariable: String?

    @Option(help: "The audience the token must be for (INJECT_AUDIENCE; default: what the exchange needs).")
    var audience: String?

    @Option(
        name: .customLong("claim"),
        help: ArgumentHelp("A claim of the local issuer's token; may be repeated.", valueName: "name=value")
    )
    var claims: [String] = []

    @Option(help: ArgumentHelp("Verify with these keys instead of the issuer's own (INJECT_JWKS).", valueName: "file"))
    var jwks: String?

    @Flag(help: "Accept an issuer on this machine over plain HTTP (INJECT_TRUST_LOCAL_ISSUER).")
    var trustLocalIssuer = false

    @Option(
        help: ArgumentHelp(
            "How long getting the token and the secrets may take (INJECT_DEADLINE; default: 60s).", valueName: "time"
        )
    )
    var deadline: String?
}
