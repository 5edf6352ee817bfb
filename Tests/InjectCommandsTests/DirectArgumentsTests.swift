import ArgumentParser
import Foundation
import InjectTesting
import Testing

@testable import InjectCommands

@Suite("the main job's arguments, read directly")
struct RunArgumentsTests {
    static let switchNames = [
        "--trust-local-issuer", "--pristine", "--keep-actions-credentials", "--allow-disk", "--memfd", "--replace",
        "--no-masking", "--no-workflow-commands", "--fail-on-leak", "--dry-run", "--github-output", "--quiet", "-q",
    ]
    static let optionNames = [
        "--policy", "-p", "--environment", "-e", "--broker", "--oidc-token-file", "--oidc-token-variable", "--audience",
        "--claim", "--jwks", "--deadline", "--only", "--pass-env", "--report", "--shell",
    ]
    /// What a value that is one of several is, ArgumentParser knows.
    static let leftNames = ["--dotenv-dialect", "--on-collision"]

    @Test("a switch means what ArgumentParser takes it for", arguments: switchNames)
    func switches(name: String) throws {
        try expectSame([name, "--", "make", "--", name])
        try expectSame([name, name])
    }

    @Test("an option means what ArgumentParser takes it for", arguments: optionNames)
    func options(name: String) throws {
        try expectSame([name, "some=value", "--", "make"])
        try expectSame([name, "first", name, "", "--", name, "third"])
    }

    @Test(
        "whole command lines mean what ArgumentParser takes them for",
        arguments: [
            [], ["--"], ["--", "--"], ["--", "make", "-j", "2"], ["-q", "-e", "dev", "--only", "A,B", "--", "é", ""],
            ["--claim", "a=b", "--memfd", "--claim", "c=d", "--pass-env", "X_*", "--pass-env", "Y"],
        ]
    )
    func lines(arguments: [String]) throws {
        try expectSame(arguments)
    }

    @Test(
        "what is not plainly right is left to ArgumentParser",
        arguments: [
            ["make"], ["--bogus"], ["--policy"], ["--policy", "--", "make"], ["--policy", "-q"], ["--policy=x"],
            ["--quiet=true"], ["-qe", "dev"], ["-pdev"], ["--quiet", "make"], ["--help"], ["-h"], ["--version"],
            ["--oidc-token-file", "-"], ["--dotenv-dialect", "node"], ["--on-collision", "keep"], ["-"], [""],
        ]
    )
    func left(arguments: [String]) {
        #expect(RunArguments.command(of: arguments[...]) == nil)
    }

    @Test("each option that the help names is read, or known to be left")
    func complete() throws {
        let help = try Workplace(policy: nil).run("run", "--help").output
        let names = help.matches(of: /(?m)^  (?:(-[a-z]), )?(--[a-z-]+)/).flatMap { match in
            [match.1, match.2].compactMap(\.self).map(String.init)
        }
        let known = Self.switchNames + Self.optionNames + Self.leftNames + ["--version", "-h", "--help"]
        #expect(Set(names) == Set(known))
    }

    private func expectSame(_ arguments: [String]) throws {
        let command = try #require(RunArguments.command(of: arguments[...]))
        let parsed = try RunCommand.parse(arguments)
        #expect(String(describing: command) == String(describing: parsed))
    }
}
