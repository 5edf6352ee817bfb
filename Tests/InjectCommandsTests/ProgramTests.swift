import Foundation
import InjectTesting
import Testing

@Suite("inject")
struct ProgramTests {
    @Test("the version is that of the changelog")
    func version() throws {
        let result = try Workplace(policy: nil).run("--version")
        let newest = try PackageFolder.text(of: "CHANGELOG.md").split(separator: "\n").first { $0.hasPrefix("## ") }
        #expect(
            result
                == CommandResult(
                    status: 0, output: "inject \(try #require(newest).dropFirst(3).prefix { $0 != " " })\n"))
    }

    @Test("help teaches, on standard output", arguments: ["run", "plan", "explain", "lint", "token", "mask"])
    func help(command: String) throws {
        let workplace = try Workplace(policy: nil)
        let result = try workplace.run(command, "--help")
        #expect(result.status == 0)
        #expect(result.error.isEmpty)
        #expect(result.output.hasPrefix("OVERVIEW: "))
        #expect(result.output.contains("USAGE: inject \(command)"))
        #expect(try workplace.run("help", command) == result)
    }

    @Test("wrong usage names the mistake and where the usage is", arguments: [("plan", 2), ("lint", 2), ("run", 125)])
    func usage(command: String, status: Int32) throws {
        #expect(
            try Workplace().run(command, "--bogus")
                == CommandResult(
                    status: status,
                    error: """
                        inject: error[usage]: unknown option `--bogus`
                          = help: `inject \(command) --help` shows the usage

                        """
                )
        )
    }

    @Test(
        "without OpenSSL a command that needs it says what to install, and one that does not goes on",
        arguments: [(["--", "true"], 125), (["plan"], 2), (["token", "fake"], 2)] as [([String], Int32)]
    )
    func withoutOpenSSL(arguments: [String], status: Int32) throws {
        let workplace = try Workplace()
        let libraries = workplace.folder.path("libraries")
        try workplace.folder.write("libraries/libcrypto.so.3", "no library")
        let environment = ["LD_LIBRARY_PATH": libraries]
        #expect(
            try workplace.inject.run(arguments, environment: environment)
                == CommandResult(
                    status: status,
                    error: """
                        inject: error[library-missing]: OpenSSL cannot be loaded: \(libraries)/libcrypto.so.3: file too short
                          = help: install it: apt-get install libssl3, or libssl3t64 from Debian 13 and Ubuntu 24.04 on

                        """
                )
        )
        #expect(try workplace.inject.run(["--version"], environment: environment).status == 0)
    }

    @Test("without OpenSSL a run still leaves its report and outputs, and `doctor` its list")
    func reportWithoutOpenSSL() throws {
        let workplace = try Workplace()
        try workplace.folder.write("libraries/libcrypto.so.3", "no library")
        let outputs = try workplace.folder.write("outputs", "")
        let environment = ["LD_LIBRARY_PATH": workplace.folder.path("libraries"), "GITHUB_OUTPUT": outputs]
        let run = ["--report", "report.json", "--github-output", "--", "true"]
        #expect(try workplace.inject.run(run, environment: environment).status == 125)
        let report = try String(contentsOfFile: workplace.folder.path("report.json"), encoding: .utf8)
        #expect(report.hasSuffix(#""exit_code":125,"error":"library-missing"}"# + "\n"), "\(report)")
        #expect(try String(contentsOfFile: outputs, encoding: .utf8).contains("decision=error\n"))
        #expect(
            try workplace.run("doctor", environment: environment)
                == CommandResult(
                    status: 1,
                    output: """
                        ok    policy        inject.yaml: dev, prod
                        skip  issuer        this is no CI job: its tokens are this machine's own
                        FAIL  token         OpenSSL cannot be loaded: <folder>/libraries/libcrypto.so.3: file too short
                                = help: install it: apt-get install libssl3, or libssl3t64 from Debian 13 and Ubuntu 24.04 on
                        1 of these checks failed

                        """
                )
        )
    }

    @Test("no other process of the user may read its memory or environment")
    func notDumpable() throws {
        let script = "cat /proc/$PPID/limits | grep -c 'Max core file size *0 '; stat -c %U /proc/$PPID/mem"
        let result = try Workplace().run("-q", "--", "sh", "-c", script)
        #expect(result.output == "1\nroot\n")
    }
}
