import Foundation
import InjectTesting
import Testing

@Suite("inject scan")
struct ScanCommandTests {
    private static func workplace() throws -> Workplace {
        let workplace = try Workplace(policy: nil)
        try workplace.folder.write("values.json", #"{"PASSWORD":"hunter2-hunter2"}"#)
        return workplace
    }

    @Test("findings are named by file, line, secret and form, and never by value")
    func findings() throws {
        let workplace = try Self.workplace()
        try workplace.folder.write("dist/b.txt", "x\nhunter2-hunter2\nhunter2-hunter2\n")
        try workplace.folder.write("dist/a.bin", [0, 255] + Array("aHVudGVyMi1odW50ZXIy".utf8))
        try workplace.folder.write("dist/clean.txt", "hunter2-hunter3")
        let result = try workplace.run("scan", "--values", "values.json", "dist")
        #expect(
            result
                == CommandResult(
                    status: 1,
                    output: """
                        dist/a.bin:1: PASSWORD once, first as base64
                        dist/b.txt:2: PASSWORD 2 times, first as literal

                        """
                )
        )
    }

    @Test("findings can be printed for programs")
    func json() throws {
        let workplace = try Self.workplace()
        try workplace.folder.write("a", "hunter2-hunter2")
        #expect(
            try workplace.run("scan", "--values", "values.json", "--format", "json", "a")
                == CommandResult(
                    status: 1,
                    output: #"{"file":"a","line":1,"secret":"PASSWORD","count":1,"form":"literal"}"# + "\n"
                )
        )
    }

    @Test("a secret across two reads is found")
    func acrossReads() throws {
        let workplace = try Self.workplace()
        let filler = [UInt8](repeating: 0x61, count: (1 << 20) - 7)
        try workplace.folder.write("a", filler + Array("hunter2-hunter2".utf8))
        #expect(try workplace.run("scan", "--values", "values.json", "a").status == 1)
    }

    @Test("an archive that is not opened is said")
    func sealed() throws {
        let workplace = try Self.workplace()
        try workplace.folder.write("a.log", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00])
        #expect(
            try workplace.run("scan", "--values", "values.json", "a.log")
                == CommandResult(
                    status: 0,
                    output: "",
                    error: "inject: not looked into: a.log: its content is compressed with xz\n"
                )
        )
    }

    @Test("a link in a folder is not followed")
    func links() throws {
        let workplace = try Self.workplace()
        try workplace.folder.write("secret", "hunter2-hunter2")
        try workplace.folder.write("dist/clean", "x")
        try FileManager.default.createSymbolicLink(
            atPath: workplace.folder.path("dist/link"), withDestinationPath: workplace.folder.path("secret"))
        #expect(try workplace.run("scan", "--values", "values.json", "dist") == CommandResult(status: 0, output: ""))
    }

    @Test("what is named is read, be it a link, a FIFO or standard input")
    func named() throws {
        let workplace = try Self.workplace()
        try workplace.folder.write("build/a", "hunter2-hunter2")
        let manager = FileManager.default
        for (link, target) in [("dist", "build"), ("latest", "build/a"), ("lost", "none")] {
            try manager.createSymbolicLink(
                atPath: workplace.folder.path(link), withDestinationPath: workplace.folder.path(target))
        }
        let finding = "PASSWORD once, first as literal\n"
        for (path, output) in [("dist", "dist/a:1: " + finding), ("latest", "latest:1: " + finding)] {
            #expect(
                try workplace.run("scan", "--values", "values.json", path) == CommandResult(status: 1, output: output))
        }
        #expect(
            try workplace.run("scan", "--values", "values.json", "/dev/stdin", input: "hunter2-hunter2")
                == CommandResult(status: 1, output: "/dev/stdin:1: " + finding))
        let script =
            "mkfifo fifo; cat build/a >fifo & \"$0\" scan --values values.json fifo; cat build/a |"
            + " \"$0\" scan --values values.json /dev/stdin"
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/sh"), in: workplace.folder.url,
            environment: ["PATH": "/usr/bin:/bin"])
        #expect(
            try shell.run(["-c", script, workplace.inject.path])
                == CommandResult(status: 1, output: "fifo:1: " + finding + "/dev/stdin:1: " + finding))
        #expect(
            try workplace.run("scan", "--values", "values.json", "lost")
                == CommandResult(
                    status: 2, output: "",
                    error: "inject: error[scan-unreadable]: `lost` cannot be read: no such file or directory\n"))
    }

    @Test("what cannot be read is said, and the rest is searched")
    func unreadable() throws {
        let workplace = try Self.workplace()
        try workplace.folder.write("a", "hunter2-hunter2")
        #expect(
            try workplace.run("scan", "--values", "values.json", "none", "a")
                == CommandResult(
                    status: 2,
                    output: "a:1: PASSWORD once, first as literal\n",
                    error: """
                        inject: error[scan-unreadable]: `none` cannot be read: no such file or directory

                        """
                )
        )
    }

    @Test("annotations name file and line, ten at most")
    func annotations() throws {
        let workplace = try Self.workplace()
        for number in 10..<22 { try workplace.folder.write("dist/\(number)", "x\nhunter2-hunter2") }
        let lines = (10..<20).map {
            "::error file=dist/\($0),line=2,title=scan-finding::PASSWORD once, first as literal\n"
        }
        #expect(
            try workplace.run("scan", "--values", "values.json", "--format", "github", "dist")
                == CommandResult(
                    status: 1,
                    output: lines.joined() + "and 2 more: `inject scan --format text` prints them all\n"
                )
        )
    }

    @Test("nothing to search is wrong usage")
    func nothing() throws {
        #expect(
            try Self.workplace().run("scan", "--values", "values.json")
                == CommandResult(
                    status: 2, output: "",
                    error: """
                        inject: error[usage]: name a file or folder to search, or a repository with `--git`
                          = help: `inject scan --help` shows the usage

                        """
                )
        )
    }
}
