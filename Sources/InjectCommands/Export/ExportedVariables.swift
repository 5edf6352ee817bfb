internal import Diagnostics
internal import Injection
internal import Secrets

/// Secrets that may become variables of later steps.
///
/// No policy delivers one under a name that steers programs or the runner, so only what is in the way is refused here.
struct ExportedVariables {
    let secrets: [InjectedSecret]
    let names: [String]

    init(_ secrets: [InjectedSecret], _ variables: ProcessEnvironment) throws(Diagnostic) {
        self.secrets = secrets
        var names: [String] = []
        for secret in secrets {
            let name = try Self.name(of: secret)
            guard variables[name] == nil, !names.contains(name) else {
                throw Diagnostic(
                    .environmentCollision, "the job already has a variable `\(name)`",
                    [.help("give the secret another name in the policy: `env: NAME`")]
                )
            }
            names.append(name)
        }
        self.names = names
    }

    private static func name(of secret: InjectedSecret) throws(Diagnostic) -> String {
        guard let variable = secret.delivery.variable else {
            throw Diagnostic(
                .exportOfFile, "`\(secret.name)` is delivered as a file, and files go with their command",
                [.help("name the others: `--only NAME,…`, or use `inject -- COMMAND`")]
            )
        }
        guard !secret.value.withExposedBytes({ $0.contains(0) }) else {
            throw Diagnostic(
                .secretHasNUL, "the value of `\(secret.name)` holds a NUL byte, which no environment variable can",
                [.help("deliver it as a file, and use `inject -- COMMAND`")]
            )
        }
        return variable.text
    }

    /// Adds all of them at once: half of them would be a job that fails late.
    func append(to file: StepFile) throws {
        var text = try SecretBuffer()
        for (name, secret) in zip(names, secrets) {
            // Nobody who chooses a value can know it, and so none can end early and set a variable of its own.
            var random = SystemRandomNumberGenerator()
            let delimiter = "inject_" + String(random.next(), radix: 16) + String(random.next(), radix: 16)
            try text.append("\(name)<<\(delimiter)\n")
            try secret.value.withExposedBytes { bytes throws(SecretMemoryError) in try text.append(bytes) }
            try text.append("\n\(delimiter)\n")
        }
        try text.withExposedBytes { bytes throws(Diagnostic) in try file.append(bytes) }
    }
}

extension Diagnostic.ID {
    /// A secret that is a file was to be exported.
    static let exportOfFile = Diagnostic.ID("export-of-file")
}
