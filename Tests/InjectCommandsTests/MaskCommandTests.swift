import Foundation
import InjectTesting
import Testing

@Suite("inject mask")
struct MaskCommandTests {
    @Test("standard input is filtered with the values of a file, and the report goes to standard error")
    func values() throws {
        let workplace = try Workplace(policy: nil)
        try workplace.folder.write("values.json", #"{"PASSWORD":"hunter2-\u0068unter2","SHORT":"abc"}"#)
        #expect(
            try workplace.run(
                "mask", "--values", "values.json", input: "a hunter2-hunter2 b\nabc aHVudGVyMi1odW50ZXIy\n")
                == CommandResult(
                    status: 0,
                    output: "a *** b\nabc ***\n",
                    error: """
                        inject: warning[secret-not-masked]: the value of `SHORT` is not masked: it is shorter than four bytes
                          = help: give it a longer value, or say `mask: "false"` in the policy if it is no secret
                        inject: masked PASSWORD 2 times, first in line 1, as literal

                        """
                )
        )
    }

    @Test("a name that would steer the terminal is shown as text")
    func strangeName() throws {
        let workplace = try Workplace(policy: nil)
        try workplace.folder.write("values.json", #"{"A\u001b[2J\nB":"hunter2-hunter2"}"#)
        #expect(
            try workplace.run("mask", "--values", "values.json", input: "hunter2-hunter2")
                == CommandResult(
                    status: 0,
                    output: "***",
                    error: "inject: masked A\u{FFFD}[2J\u{FFFD}B once, first in line 1, as literal\n"
                )
        )
    }

    @Test("the policy's secrets are masked")
    func policy() throws {
        let result = try Workplace().run("mask", "-e", "dev", "-q", input: "postgres://shop:hunter2-hunter2@db/shop!\n")
        #expect(result == CommandResult(status: 0, output: "***!\n"))
    }

    @Test("bytes that are no secret pass unchanged")
    func unchanged() throws {
        let workplace = try Workplace(policy: nil)
        try workplace.folder.write("values.json", #"{"A":"hunter2-hunter2"}"#)
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let result = try workplace.inject.run(["mask", "--values", "values.json"], input: bytes)
        #expect(result.status == 0)
        #expect(result.output == String(decoding: bytes, as: UTF8.self))
    }

    @Test("more masks in one read than fit into one call come out in order, between what is between them")
    func manyMasks() throws {
        let workplace = try Workplace(policy: nil)
        try workplace.folder.write("values.json", #"{"A":"hunter2-hunter2"}"#)
        // Over three reads; what is held back at a read's end stands at any of the value's bytes.
        let lines = (0..<9000).map { "\($0) hunter2-hunter2" }.joined(separator: "\n")
        let masked = (0..<9000).map { "\($0) ***" }.joined(separator: "\n")
        let result = try workplace.run("mask", "--values", "values.json", "-q", input: lines)
        #expect(result == CommandResult(status: 0, output: masked))
    }

    @Test("what was held back over several reads comes out whole when it becomes no secret", arguments: [3000, 90_000])
    func longHeldBytes(length: Int) throws {
        let workplace = try Workplace(policy: nil)
        let value = (0..<length).map { "\($0 % 7919)" }.joined(separator: ",")
        try workplace.folder.write("values.json", #"{"A":"\#(value)"}"#)
        let text = "x" + value.dropLast() + "." + value + "\n"
        let result = try workplace.run("mask", "--values", "values.json", "-q", input: text)
        #expect(result == CommandResult(status: 0, output: "x" + value.dropLast() + ".***\n"))
    }

    @Test("a leak can fail the filter")
    func failOnLeak() throws {
        let workplace = try Workplace(policy: nil)
        try workplace.folder.write("values.json", #"{"A":"hunter2-hunter2"}"#)
        #expect(try workplace.run("mask", "--values", "values.json", "--fail-on-leak", "-q", input: "x").status == 0)
        #expect(
            try workplace.run("mask", "--values", "values.json", "--fail-on-leak", "-q", input: "hunter2-hunter2")
                .status == 1)
    }

    @Test(
        "a switch that is neither on nor off is found before anything is read",
        arguments: ["INJECT_QUIET", "INJECT_FAIL_ON_LEAK"]
    )
    func unreadableSwitch(name: String) throws {
        let workplace = try Workplace(policy: nil)
        try workplace.folder.write("values.json", #"{"A":"hunter2-hunter2"}"#)
        let result = try workplace.run("mask", "--values", "values.json", environment: [name: "maybe"], input: "x")
        #expect(
            result
                == CommandResult(
                    status: 2,
                    error: """
                        inject: error[variable-unreadable]: `\(name)` is `maybe`, which is neither on nor off
                          = help: use `1`, `true` or `yes`, or `0`, `false` or `no`

                        """
                )
        )
    }

    @Test("a values file that is too long, or a folder, is refused for that", arguments: [true, false])
    func unreadableValues(isFolder: Bool) throws {
        let workplace = try Workplace(policy: nil)
        let path = workplace.folder.path("values.json")
        if isFolder {
            try workplace.folder.write("values.json/x", "")
        } else {
            try workplace.folder.write("values.json", "")
            #expect(truncate(path, (16 << 20) + 1) == 0)
        }
        let what = isFolder ? "cannot be read: is a directory" : "is longer than 16 MiB"
        #expect(
            try workplace.run("mask", "--values", "values.json", input: "x")
                == CommandResult(
                    status: 2,
                    error: """
                        inject: error[values-unreadable]: the values file `values.json` \(what)
                          = help: write {"NAME": "value"}

                        """
                )
        )
    }

    @Test(
        "a values file that is none is refused and not shown",
        arguments: [#"{"A":"hunter2","A":"x"}"#, #"["hunter2"]"#, #"{"A":7}"#, "hunter2"]
    )
    func badValues(text: String) throws {
        let workplace = try Workplace(policy: nil)
        try workplace.folder.write("values.json", text)
        let result = try workplace.run("mask", "--values", "values.json", input: "x")
        #expect(result.status == 2)
        #expect(result.output.isEmpty)
        #expect(result.error.hasPrefix("inject: error[values-unreadable]: the values file `values.json`"))
        #expect(!result.error.contains("hunter2"))
    }
}
