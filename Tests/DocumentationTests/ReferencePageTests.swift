import Foundation
import InjectTesting
import Testing

/// Pages that repeat what the program says, and have to go on saying the same.
@Suite("The reference pages")
struct ReferencePageTests {
    @Test("the page of errors has each id of the program once, with its meaning and what to do")
    func errors() throws {
        let page = try DocumentationPage(DocumentationPage.catalogue + "/ErrorIDs.md")
        let rows = page.text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { row in
            row.split(separator: " | ").map { $0.trimmingCharacters(in: CharacterSet(charactersIn: "| `")) }
        }
        #expect(rows.allSatisfy { $0.count == 3 && $0.allSatisfy { !$0.isEmpty } })
        #expect(rows.map { $0[0] } == (try Self.ids()).sorted())
    }

    private static func ids() throws -> Set<String> {
        var ids: Set<String> = []
        for path in try PackageFolder.swiftFiles(below: "Sources") {
            let text = try PackageFolder.text(of: path)
            for match in text.matches(of: /Diagnostic\.ID\("([a-z0-9-]+)"\)/) { ids.insert(String(match.1)) }
        }
        return ids
    }

    /// With `INJECT_WRITE_DOCS=1` in its environment this test writes the page in the place of comparing it.
    @Test("the page of commands is what `inject help` prints")
    func commands() throws {
        let inject = try CommandRunner(
            product: "inject", in: TemporaryFolder(), environment: ["PATH": "/usr/bin:/bin", "COLUMNS": "80"])
        var text = """
            # Commands

            Every command of `inject` with its options, as `inject help COMMAND` prints it.

            """
        for command in try Self.commands(inject) {
            let help = try inject.run(["help"] + command)
            #expect(help.status == 0, "\(command)")
            let title = (["inject"] + command).joined(separator: " ")
            text += "\n## \(title)\n\n```\n\(help.output.trimmingCharacters(in: .newlines))\n```\n"
        }
        let path = DocumentationPage.catalogue + "/Commands.md"
        if ProcessInfo.processInfo.environment["INJECT_WRITE_DOCS"] == "1" {
            try text.write(to: PackageFolder.root.appendingPathComponent(path), atomically: true, encoding: .utf8)
        }
        #expect(try PackageFolder.text(of: path) == text)
    }

    /// The commands that do something, from the program's own description of itself.
    private static func commands(_ inject: CommandRunner) throws -> [[String]] {
        struct Command: Decodable {
            let commandName: String
            let shouldDisplay: Bool?
            let subcommands: [Command]?

            func paths(below path: [String]) -> [[String]] {
                let own = path + [commandName]
                let inner = (subcommands ?? []).filter { $0.commandName != "help" && $0.shouldDisplay != false }
                return inner.isEmpty ? [own] : inner.flatMap { $0.paths(below: own) }
            }
        }
        struct Description: Decodable { let command: Command }
        let output = try inject.run(["--experimental-dump-help"]).output
        let description = try JSONDecoder().decode(Description.self, from: Data(output.utf8))
        return description.command.paths(below: []).map { Array($0.dropFirst()) }
    }
}
