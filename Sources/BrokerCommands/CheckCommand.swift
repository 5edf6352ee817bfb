internal import ArgumentParser
internal import Broker
internal import Policy

/// `inject-broker check`: says whether `serve` would start.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks the configuration, the policies and the keys, and opens nothing to write."
    )

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        try await BrokerProgram.reporting {
            let set = try BrokerAssembly.check(options.load())
            let secrets = set.policies.reduce(0) { $0 + $1.environments.reduce(0) { $0 + $1.secrets.count } }
            print("\(set.policies.count) policies, \(secrets) secrets; the configuration is good")
        }
    }
}
