internal import ArgumentParser
internal import Diagnostics

/// `inject doctor`: everything that a run needs, checked one after the other.
struct DoctorCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Checks policy, token, issuer, clock, role and every secret's reachability; shows no value.",
        discussion: """
            Each line says `ok`, `skip` or `FAIL` and what to do. The session it takes in AWS may describe the granted \
            secrets and read none; where the role may not describe them, as a run need not, those lines are `skip`. \
            Files are opened as a run opens them, encrypted ones with their keys: nothing else tells whether it can.

              inject doctor --environment staging

            Exits with 0 where everything is well and 1 where something is not.
            """
    )

    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Token") var tokenOptions: TokenOptions
    @OptionGroup(title: "Stores") var storeOptions: StoreOptions

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let examination = Examination(
            policyOptions: policyOptions,
            tokenOptions: tokenOptions,
            dialect: try storeOptions.dialect(surroundings.environment),
            surroundings: surroundings,
            deadline: try Deadline(option: tokenOptions.deadline, surroundings.environment)
        )
        let failures = examination.run()
        guard failures > 0 else {
            surroundings.console.output("nothing is wrong\n")
            return .success
        }
        surroundings.console.output("\(failures) of these checks failed\n")
        return .findings
    }
}
