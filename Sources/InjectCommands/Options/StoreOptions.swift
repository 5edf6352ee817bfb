internal import ArgumentParser
internal import Diagnostics
internal import SecretStores

/// How the stores read.
struct StoreOptions: ParsableArguments {
    @Option(
        help: "How `dotenv:` files are read: strict, node, python or compose (INJECT_DOTENV_DIALECT; default: strict)."
    )
    var dotenvDialect: DotenvDialect?

    func dialect(_ variables: ProcessEnvironment) throws(Diagnostic) -> DotenvDialect {
        if let dotenvDialect { return dotenvDialect }
        let choice: DotenvDialect? = try variables.choice("INJECT_DOTENV_DIALECT")
        return choice ?? .strict
    }
}

extension DotenvDialect: ExpressibleByArgument {}
