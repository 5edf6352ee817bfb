import Foundation
import InjectTesting
import Testing

/// What the pages tell a reader to type who has a broker: the blocks below `<!-- run beside a broker -->`.
@Suite("inject-broker: the commands in the guide")
struct GuideTests {
    struct Block: Sendable, CustomTestStringConvertible {
        let page: String
        let text: String

        var testDescription: String { "\(page): \(text)" }

        static let all: [Block] = ["Broker", "GettingStartedBroker", "RunningBroker"].flatMap { page in
            let path = "Sources/InjectCommands/Documentation.docc/\(page).md"
            let text = (try? PackageFolder.text(of: path)) ?? ""
            return text.matches(of: /<!-- run beside a broker -->\n```sh\n((?:(?!```).*\n)+)```/).map { match in
                Block(page: page, text: String(match.1))
            }
        }
    }

    @Test("there are some on each page")
    func pages() {
        #expect(Set(Block.all.map(\.page)).count == 3)
    }

    @Test("each ends well beside a broker that has served a job", arguments: Block.all)
    func run(block: Block) async throws {
        let bench = try BrokerBench()
        _ = try await bench.fetch(bench.accessToken())
        let openssl = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/openssl"), in: bench.folder.url)
        #expect(try openssl.run(["pkey", "-in", "audit.pem", "-pubout", "-out", "audit.pub"]).status == 0)
        try bench.folder.write("Makefile", "deploy:\n\t@echo \"with $$API_KEY\"\n")
        let program = try CommandRunner(product: "inject", in: bench.folder).path
        let products = URL(fileURLWithPath: program).deletingLastPathComponent().path
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/sh"), in: bench.folder.url,
            environment: [
                "PATH": products + ":/usr/bin:/bin", "HOME": bench.folder.path("home"), "LC_ALL": "C.UTF-8",
                "INJECT_OIDC_TOKEN_FILE": try bench.folder.write("job-token", bench.token()),
            ])
        let text = block.text.replacingOccurrences(of: "https://broker.example.com", with: bench.broker.url)
        let result = try shell.run(["-euc", text])
        #expect(result.status == 0, "\(result)")
        #expect(!result.output.isEmpty && !result.output.contains(BrokerBench.value))
    }
}
