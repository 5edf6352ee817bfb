import Foundation
import InjectTesting
import Testing

/// Files that are meant to break a reader, in a repository that anybody may send a pull request to.
@Suite("inject lint on hostile files")
struct LintBadInputTests {
    struct File: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]

        init(_ name: String, _ text: String) { (testDescription, bytes) = (name, Array(text.utf8)) }
        init(_ name: String, bytes: [UInt8]) { (testDescription, self.bytes) = (name, bytes) }
    }

    private static let bomb = File(
        "a bomb of aliases",
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
            + zip("abcdefgh", "bcdefghi").map { before, name in
                "\(name): &\(name) [\([String](repeating: "*\(before)", count: 9).joined(separator: ", "))]\n"
            }.joined()
    )
    private static let deep = File("100,000 levels", "a: " + String(repeating: "[", count: 100_000))
    private static let large = File("10 MB", "version: \"1\"\n# " + String(repeating: "x", count: 10_000_000) + "\n")
    private static let nul = File("a NUL", "version: \"1\"\nna\u{0}me: x\n")
    private static let newlines = File("a lone carriage return", "version: \"1\"\r\nname: x\rnone: y\n")
    private static let bytes = File("bytes that are not UTF-8", bytes: Array("name: ".utf8) + [0xFF, 0xFE, 0x0A])
    private static let list = File("a list", "- a\n")
    private static let empty = File("nothing", "")

    static let policies: [(File, String)] = [
        (bomb, "error[yaml-anchor]: an anchor lets this act on other lines\n --> inject.yaml:1:4\n"),
        (deep, "error[yaml-too-large]: the file has more than 16 levels\n --> inject.yaml:1:20\n"),
        (large, "error[yaml-too-large]: the file is larger than 256 KiB\n  --> inject.yaml\n"),
        (
            nul,
            "error[yaml-encoding]: the character U+0000 stands here, and nobody who reviews the file sees it\n"
                + " --> inject.yaml:2:3\n"
        ),
        (
            newlines,
            "error[yaml-encoding]: the character U+000D stands here, and nobody who reviews the file sees it\n"
                + " --> inject.yaml:2:8\n"
        ),
        (bytes, "error[yaml-encoding]: the file is not UTF-8 text\n --> inject.yaml:1:7\n"),
        (list, "error[policy-wrong-kind]: the policy is a map of keys, and this is a list\n --> inject.yaml:1:1\n"),
        (empty, "error[yaml-empty]: the file is empty\n  --> inject.yaml\n"),
        (
            File("a later version", "version: \"2\"\nnew: x\n"),
            "error[policy-bad-value]: this program reads version 1 of the policy, and the file says `2`\n"
                + " --> inject.yaml:1:10\n"
        ),
    ]

    private static let workflow = ".github/workflows/x.yml"

    static let workflows: [(File, String)] = [
        (bomb, "the file has more than 100000 nodes, aliases written out\n --> \(workflow):6:8\n"),
        (deep, "the file has more than 64 levels, aliases written out\n --> \(workflow):1:68\n"),
        (large, "the file is larger than 1024 KiB\n  --> \(workflow)\n"),
        (
            nul,
            "the character U+0000 stands here, and nobody who reviews the file sees it\n --> \(workflow):2:3\n"
        ),
        (bytes, "the file is not UTF-8 text\n --> \(workflow):1:7\n"),
        (list, "a workflow is a map of keys, and this is a list\n  --> \(workflow)\n"),
        (empty, "the file is empty\n  --> \(workflow)\n"),
    ]

    @Test("a policy has one finding that says what and where, and SARIF stays SARIF", arguments: policies)
    func policy(file: File, expected: String) throws {
        let workplace = try Workplace(policy: nil)
        try workplace.folder.write("inject.yaml", file.bytes)
        try Self.expect(expected, in: workplace)
    }

    @Test("a workflow has one finding beside those of the policy", arguments: workflows)
    func workflow(file: File, expected: String) throws {
        let workplace = try Workplace()
        try workplace.folder.write(Self.workflow, file.bytes)
        try Self.expect("error[workflow-unreadable]: " + expected, in: workplace)
    }

    @Test("mixed line breaks in a workflow are read as YAML reads them")
    func lineBreaks() throws {
        let workplace = try Workplace()
        try workplace.folder.write(Self.workflow, "on: push\r\njobs:\n  a:\r\n    steps: [{ run: make }]\n")
        #expect(try workplace.run("lint") == CommandResult(status: 0, error: "inject: inject.yaml: no findings\n"))
    }

    /// One finding that begins like this, in the text and in SARIF, and no word on standard error.
    private static func expect(_ start: String, in workplace: Workplace) throws {
        let text = try workplace.run("lint")
        #expect(text.status == 1 && text.error.isEmpty)
        #expect(text.output.hasPrefix(start), "\(text.output)")
        #expect(text.output.components(separatedBy: "\n\n").filter { !$0.isEmpty }.count == 1)
        // Whoever reads the log must not have to scroll past the file.
        #expect(text.output.utf8.count < 2_000)
        let sarif = try workplace.run("lint", "--format", "sarif")
        #expect(sarif.status == 1 && sarif.error.isEmpty)
        let report = try #require(try JSONSerialization.jsonObject(with: Data(sarif.output.utf8)) as? [String: Any])
        let runs = try #require(report["runs"] as? [[String: Any]])
        #expect((runs.first?["results"] as? [[String: Any]])?.count == 1)
    }
}
