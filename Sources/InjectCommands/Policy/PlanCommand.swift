internal import ArgumentParser
internal import Diagnostics

/// `inject plan`: what a run would inject, without fetching anything.
struct PlanCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Shows what would be injected, and which grant allows it; never a value.",
        discussion: """
            Nothing is fetched, so a token of the local issuer can ask about every environment.

              inject plan --environment dev
              inject plan --environment prod --claim event_name=push --claim ref=refs/heads/main
              inject plan --format json | jq -r .name
            """
    )

    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Token") var tokenOptions: TokenOptions

    @Option(help: "How the plan is printed: text, or json (one object a line).")
    var format: OutputFormat?

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let format = try self.format ?? surroundings.environment.choice("INJECT_FORMAT") ?? .text
        var report = RunReport()
        return try PlanPrinter(surroundings, format).print(policyOptions, tokenOptions, names: nil, &report)
    }
}
