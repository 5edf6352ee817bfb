import ArgumentParser
import Foundation
import InjectTesting
import Testing

@testable import InjectCommands

@Suite("Arguments that are read directly")
struct DirectArgumentsTests {
    /// What is read directly of one command's options.
    struct Reading: CustomTestStringConvertible {
        let name: String
        let command: any DirectCommand.Type
        let switches: [String]
        let options: [String]
        /// The options of which ArgumentParser knows the values.
        let left: [String]

        var testDescription: String { name }
    }

    static let shared = [
        "--policy", "-p", "--environment", "-e", "--broker", "--oidc-token-file", "--oidc-token-variable", "--audience",
        "--claim", "--jwks", "--deadline",
    ]
    static let run = Reading(
        name: "run",
        command: RunCommand.self,
        switches: [
            "--trust-local-issuer", "--pristine", "--keep-actions-credentials", "--allow-disk", "--memfd", "--replace",
            "--no-masking", "--no-workflow-commands", "--fail-on-leak", "--dry-run", "--github-output", "--quiet", "-q",
        ],
        options: shared + ["--only", "--pass-env", "--report", "--shell"],
        left: ["--dotenv-dialect", "--on-collision"]
    )
    static let mask = Reading(
        name: "mask",
        command: MaskCommand.self,
        switches: ["--trust-local-issuer", "--fail-on-leak", "--quiet", "-q"],
        options: shared + ["--values"],
        left: ["--dotenv-dialect"]
    )

    @Test("a switch means what ArgumentParser takes it for", arguments: [run, mask])
    func switches(reading: Reading) throws {
        for name in reading.switches {
            try expectSame([name], reading.command)
            try expectSame([name, name], reading.command)
        }
    }

    @Test("an option means what ArgumentParser takes it for", arguments: [run, mask])
    func options(reading: Reading) throws {
        for name in reading.options {
            try expectSame([name, "some=value"], reading.command)
            try expectSame([name, "first", name, "", name, "third"], reading.command)
        }
    }

    @Test(
        "whole command lines mean what ArgumentParser takes them for",
        arguments: [
            [], ["--"], ["--", "--"], ["--", "make", "-j", "2"], ["-q", "-e", "dev", "--only", "A,B", "--", "é", ""],
            ["--claim", "a=b", "--memfd", "--claim", "c=d", "--pass-env", "X_*", "--pass-env", "Y"],
            ["--quiet", "--", "make", "--quiet"], ["--shell", "a", "--", "b"],
        ]
    )
    func lines(arguments: [String]) throws {
        try expectSame(arguments, RunCommand.self)
    }

    @Test(
        "what is not plainly right is left to ArgumentParser",
        arguments: [run, mask],
        [
            ["make"], ["--bogus"], ["--bogus", "value"], ["--policy"], ["--policy", "--", "make"], ["--policy", "-q"],
            ["--policy=x"], ["--quiet=true"], ["-qe", "dev"], ["-pdev"], ["--quiet", "make"], ["--help"], ["-h"],
            ["--version"], ["--oidc-token-file", "-"], ["--dotenv-dialect", "node"], ["--on-collision", "keep"], ["-"],
            [""],
        ]
    )
    func left(reading: Reading, arguments: [String]) {
        #expect(Self.direct(reading.command, arguments) == nil)
    }

    @Test("the filter has no command")
    func terminator() {
        #expect(Self.direct(MaskCommand.self, ["--quiet", "--", "make"]) == nil)
    }

    @Test("each option that the help names is read, or known to be left", arguments: [run, mask])
    func complete(reading: Reading) throws {
        let help = try Workplace(policy: nil).run(reading.name, "--help").output
        let names = help.matches(of: /(?m)^  (?:(-[a-z]), )?(--[a-z-]+)/).flatMap { match in
            [match.1, match.2].compactMap(\.self).map(String.init)
        }
        let known = reading.switches + reading.options + reading.left + ["--version", "-h", "--help"]
        #expect(Set(names) == Set(known))
    }

    private func expectSame<Command: DirectCommand>(_ arguments: [String], _ command: Command.Type) throws {
        let direct = try #require(Self.direct(command, arguments))
        #expect(try direct == String(describing: command.parse(arguments)))
    }

    /// Every option's value, or nil where the arguments are left.
    private static func direct<Command: DirectCommand>(_ command: Command.Type, _ arguments: [String]) -> String? {
        DirectArguments.command(command, of: arguments[...]).map { String(describing: $0) }
    }
}
