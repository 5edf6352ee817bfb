import Foundation
import InjectTesting
import Testing

/// Runs what the pages tell a reader to type, each page from the top in an empty folder with an empty HOME.
@Suite("The commands in the guide")
struct CommandBlockTests {
    /// A reader's shell: what a block changes to is where the next one begins.
    private struct Reader {
        let folder: TemporaryFolder
        let shell: CommandRunner
        /// Where the programs are that were built with the tests.
        let products: String

        init() throws {
            folder = try TemporaryFolder()
            let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            products = URL(fileURLWithPath: bundle).deletingLastPathComponent().path
            shell = CommandRunner(
                executable: URL(fileURLWithPath: "/bin/sh"), in: folder.url,
                environment: ["PATH": products + ":/usr/bin:/bin", "HOME": folder.path("home"), "LC_ALL": "C.UTF-8"])
            try FileManager.default.createDirectory(atPath: folder.path("home"), withIntermediateDirectories: true)
            try folder.write("home/place", folder.path("work"))
            try FileManager.default.createDirectory(atPath: folder.path("work"), withIntermediateDirectories: true)
        }

        /// Runs a block with what it needs.
        func run(_ block: DocumentationPage.Block) throws -> CommandResult {
            guard !block.needsCheckout else { return try runInCheckout(block.text) }
            return try run(block.preparation + block.text, environment: block.needsAWS ? try account() : [:])
        }

        /// Runs a script with both streams together.
        func run(_ script: String, environment: [String: String] = [:]) throws -> CommandResult {
            let text = """
                exec 2>&1
                cd "$(cat "$HOME/place")" || exit 99
                trap 'pwd >"$HOME/place"' EXIT
                set -eu
                \(script)
                """
            return try shell.run(["-c", text], environment: environment)
        }

        /// In the package's own folder, with the programs that are built: another build would wait for these tests' end.
        private func runInCheckout(_ script: String) throws -> CommandResult {
            let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
            return try shell.run(
                ["-euc", "exec 2>&1; cd '\(PackageFolder.root.path)'; \(script)"],
                environment: ["PATH": path, "INJECT_PROGRAMS": products])
        }

        /// Moto in the place of AWS, and AWS's own program on the path.
        private func account() throws -> [String: String] {
            let tools = try Python.program("aws").deletingLastPathComponent().path
            let moto = try MotoServer.shared.get()
            return [
                "PATH": products + ":" + tools + ":/usr/bin:/bin", "AWS_ENDPOINT_URL": moto.url,
                "AWS_DEFAULT_REGION": "eu-west-1",
                "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
            ]
        }
    }

    /// A `$ command` of a console with what it prints.
    private struct Exchange {
        var command: String
        var output = ""

        static func read(_ text: String) -> [Exchange] {
            var exchanges: [Exchange] = []
            for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
                if line.hasPrefix("$ ") {
                    exchanges.append(Exchange(command: String(line.dropFirst(2))))
                } else if !exchanges.isEmpty {
                    exchanges[exchanges.count - 1].output += line + "\n"
                }
            }
            return exchanges
        }
    }

    @Test("each block ends well, and a console shows what is printed", arguments: DocumentationPage.all)
    func run(page: DocumentationPage) throws {
        let reader = try Reader()
        for block in page.blocks where block.reason == nil && !block.needsBroker {
            switch block.kind {
            case "sh":
                let result = try reader.run(block)
                #expect(result.status == 0, "\(page.path):\(block.line): \(result.output)")
            case "console":
                for exchange in Exchange.read(block.text) {
                    let result = try reader.run(exchange.command)
                    #expect(
                        Self.timeless(result.output) == Self.timeless(exchange.output),
                        "\(page.path):\(block.line): \(exchange.command)")
                }
            default: continue
            }
        }
    }

    /// How long a token is still valid is another number each time.
    private static func timeless(_ text: String) -> String {
        text.replacing(/valid for \d+ s/, with: "valid for <time>")
    }

    @Test("the README shows the plan of the example as it is")
    func plan() throws {
        let reader = try Reader()
        let example = PackageFolder.root.appendingPathComponent("workflows-examples/shop").path
        let result = try reader.run("cp -r '\(example)' shop && cd shop && ./dev-secrets && inject plan -e dev")
        let readme = try DocumentationPage("README.md").text
        let shown = try #require(readme.firstMatch(of: /\$ inject plan --environment dev\n((?:[^\n]+\n)+)/)).1
        #expect(result.status == 0 && result.output.hasSuffix(shown), "\(result.output)")
    }

    /// Kinds that are only shown; what can be run, and policies, have tests of their own.
    private static let shown: Set = ["text", "yaml", "json", "ini", "make", "dotenv", "swift"]

    @Test("each block says what it is; the generated pages show what programs print", arguments: DocumentationPage.all)
    func kinds(page: DocumentationPage) {
        guard !["Commands", "LintRules"].contains(page.name) else { return }
        for block in page.blocks {
            let isKnown = ["sh", "console"].contains(block.kind) || Self.shown.contains(block.kind)
            #expect(isKnown, "\(page.path):\(block.line): `\(block.kind)`")
        }
    }

    @Test("what is not run says why, and is what it was")
    func exceptions() {
        let blocks = DocumentationPage.all.flatMap { page in
            page.blocks.filter { $0.reason != nil }.map { "\(page.name): \($0.reason ?? "")" }
        }
        #expect(blocks == NotRun.blocks)
    }
}
