import Foundation
import InjectTesting
import Testing

@Suite("The man pages")
struct ManualPageTests {
    private let folder: TemporaryFolder
    private let inject: CommandRunner

    init() throws {
        folder = try TemporaryFolder()
        inject = try CommandRunner(product: "inject", in: folder)
        let help = try inject.run(["--experimental-dump-help"]).output
        let generator = PackageFolder.root.appendingPathComponent(".ci/manpages")
        let result = try CommandRunner(executable: generator, in: folder.url).run(
            [folder.url.path, "0.1.0", "2026-11-25"],
            environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"],
            input: Array(help.utf8)
        )
        guard result.status == 0 else { throw CocoaError(.fileReadUnknown, userInfo: ["why": result.error]) }
    }

    @Test("are read by groff without a warning")
    func groff() throws {
        let pages = try folder.contents()
        let groff = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/groff"), in: folder.url)
        let result = try groff.run(["-man", "-Tutf8", "-Kutf8", "-ww", "-z"] + pages)
        #expect(pages.count > 20)
        #expect(result == CommandResult(status: 0))
    }

    @Test("show each command, and each option that its help shows")
    func options() throws {
        for page in try folder.contents() {
            let path = page.dropLast(2).split(separator: "-").dropFirst().map(String.init)
            let words = path.first == "compile" && path.count > 1 ? ["compile", "aws-iam"] : path
            let help = try inject.run(words + ["--help"]).output
            let text = try String(contentsOfFile: folder.path(page), encoding: .utf8).replacing("\\-", with: "-")
            let options = help.matches(of: /(?m)^ {2}(?:-\w, )?(--[a-z-]+)/).map { String($0.1) }
            #expect(options.contains("--help"))
            for option in options { #expect(text.contains("\\fB\(option)\\fR"), "\(page): \(option)") }
        }
    }

    @Test("say that what runs a command ends with its code", arguments: ["inject", "inject-run", "inject-compose"])
    func exitCodes(page: String) throws {
        let text = try String(contentsOfFile: folder.path(page + ".1"), encoding: .utf8)
        let status = try #require(text.components(separatedBy: ".SH EXIT STATUS\n").last)
        #expect(status.hasPrefix(".TP\nthe command's\n"), "\(status)")
        #expect(status.contains("\n125\n") && !status.contains("A clean result."))
    }

    @Test("are named where they belong together")
    func names() throws {
        let text = try String(contentsOfFile: folder.path("inject.1"), encoding: .utf8)
        #expect(
            text.contains(".SH NAME\ninject \\- Runs a build command with exactly the secrets its CI job may read\n"))
        let own = try folder.contents().filter { $0.split(separator: "-").count == 2 }
        let commands = own.map { $0.dropLast(2).replacing("-", with: "\\-") }
        #expect(commands.allSatisfy { text.contains("\\fB\($0)\\fR(1)") })
    }
}
