import Foundation
import InjectTesting
import Testing

@Suite("inject import")
struct ImportCommandTests {
    private static let role =
        #"{"bound_subject": "repo:acme/shop:environment:prod", "bound_audiences": ["https://vault"]}"#

    @Test("writes a policy that the program itself reads, and says what was left out by its exit code")
    func vault() throws {
        let workplace = try Workplace(policy: nil)
        try workplace.folder.write("role.json", Self.role)
        let result = try workplace.run("import", "vault", "role.json", "--repository-id", "456789")
        #expect(result.status == 0 && result.error == "")
        try workplace.folder.write("inject.yaml", result.output)
        let given = ["repository=acme/shop", "repository_id=456789", "environment=prod"].flatMap { ["--claim", $0] }
        let plan = try workplace.inject.run(["plan", "-e", "imported"] + given)
        #expect(plan.status == 0 && plan.output.contains("imported-1"), "\(plan)")
        let other = try workplace.inject.run(["plan", "-e", "imported"] + given + ["--claim", "repository_id=1"])
        #expect(other.status == 1)
    }

    @Test(
        "what it cannot do is said",
        arguments: [
            (["vault", "-"], "{}", 2, "error[import-repository]"),
            (["vault", "none.json"], "", 2, "`none.json` cannot be read: no such file"),
            (["vault", "-", "--repository", "acme/shop"], "{}", 1, "# LEFT OUT: the role: it is bound to no claim"),
            (["vault", "-", "--repository-id", "x"], "{}", 2, "`x` is no number"),
            (["aws", "-"], #"{"Statement": [], "Statement": []}"#, 2, "error[yaml-duplicate-key]"),
            (["terraform", "-"], "{}", 2, "error[usage]"),
        ] as [([String], String, Int32, String)]
    )
    func refused(arguments: [String], input: String, status: Int32, message: String) throws {
        let workplace = try Workplace(policy: nil)
        let result = try workplace.inject.run(["import"] + arguments, input: Array(input.utf8))
        #expect(result.status == status)
        #expect((result.output + result.error).contains(message), "\(result)")
    }
}
