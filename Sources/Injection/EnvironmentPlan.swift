internal import Diagnostics
internal import Secrets

/// Which variables the command gets, decided before anything is written or started.
struct EnvironmentPlan {
    /// The variable that holds the folder of the secret files.
    private static let folderName = SecretName("INJECT_DIR")

    private let inherited: [InheritedEnvironment.Variable]
    private var secrets: [InjectedSecret]
    private let taken: Set<[UInt8]>
    private let options: EnvironmentOptions

    init(
        _ environment: InheritedEnvironment,
        _ secrets: [InjectedSecret],
        _ options: EnvironmentOptions
    ) throws(RunFailure) {
        inherited = environment.inherited(options)
        self.secrets = secrets
        self.options = options
        taken = Set(inherited.map(\.name))
        try checkNames()
        try checkValues()
        try checkCollisions()
    }

    /// The value of an inherited variable, such as PATH.
    func inheritedValue(_ name: String) -> [UInt8]? {
        let variable = inherited.first { $0.name.elementsEqual(name.utf8) }
        return variable.map { Array($0.pair.dropFirst($0.name.count + 1)) }
    }

    /// The secrets that are delivered as files.
    var files: [InjectedSecret] { secrets.filter { $0.delivery.file != nil } }

    /// Writes the environment, with the paths of the secret files.
    func block(_ files: DeliveredFiles = DeliveredFiles()) throws(RunFailure) -> EnvironmentBlock {
        var block = try EnvironmentBlock()
        let set = Set(deliveredNames.map { Array($0.text.utf8) })
        for variable in inherited where !replaces(variable, set) { try block.append(variable.pair) }
        for secret in secrets {
            if let name = secret.delivery.variable, isSet(name) { try block.append(name, value: secret.value) }
            if let file = secret.delivery.file, let path = files.paths[secret.name], isSet(file.pathVariable) {
                try block.append(file.pathVariable, text: path)
            }
        }
        if let folder = files.folder, let name = Self.folderName { try block.append(name, text: folder) }
        return block
    }

    /// Writes the environment, and holds no value any more.
    mutating func finish(_ files: DeliveredFiles) throws(RunFailure) -> EnvironmentBlock {
        let block = try block(files)
        secrets = []
        return block
    }

    private var deliveredNames: [SecretName] {
        secrets.flatMap { [$0.delivery.variable, $0.delivery.file?.pathVariable].compactMap(\.self) }
    }

    private func isSet(_ name: SecretName) -> Bool {
        options.collision == .replace || !taken.contains(Array(name.text.utf8))
    }

    private func replaces(_ variable: InheritedEnvironment.Variable, _ set: Set<[UInt8]>) -> Bool {
        let isFolder = !files.isEmpty && Self.folderName.map { variable.name.elementsEqual($0.text.utf8) } == true
        return isFolder || options.collision == .replace && set.contains(variable.name)
    }

    // MARK: - Checks

    private func checkNames() throws(RunFailure) {
        var seen: Set<SecretName> = []
        let folder = files.isEmpty ? nil : Self.folderName
        let twice = (deliveredNames + [folder].compactMap(\.self)).filter { !seen.insert($0).inserted }
        guard let name = twice.first else { return }
        throw RunFailure(
            Diagnostic(
                .environmentCollision,
                "two values are to be delivered as `\(name)`",
                [.help("give one of them another name in the policy")]
            )
        )
    }

    private func checkValues() throws(RunFailure) {
        for secret in secrets {
            guard secret.value.count <= InjectedSecret.maximumCount else {
                throw RunFailure(
                    Diagnostic(
                        .secretTooLarge,
                        "the value of `\(secret.name)` is longer than 64 KiB",
                        [.help("a secret is a key or a password; keep larger data encrypted and inject its key")]
                    )
                )
            }
            let hasNUL = secret.value.withExposedBytes { $0.contains(0) }
            guard !hasNUL || secret.delivery.variable == nil else {
                throw RunFailure(
                    Diagnostic(
                        .secretHasNUL,
                        "the value of `\(secret.name)` holds a NUL byte, which no environment variable can",
                        [.help("deliver it as a file: `env: \"false\"` and `file: { path: … }`")]
                    )
                )
            }
        }
    }

    private func checkCollisions() throws(RunFailure) {
        guard options.collision == .error else { return }
        let names = deliveredNames.filter { taken.contains(Array($0.text.utf8)) }.map { "`\($0)`" }
        guard !names.isEmpty else { return }
        throw RunFailure(
            Diagnostic(
                .environmentCollision,
                "the environment already has \(names.joined(separator: ", "))",
                [.help("unset it, or choose with `--on-collision keep` or `--on-collision replace`")]
            )
        )
    }
}
