import Broker
import Diagnostics
import Foundation
import InjectTesting
import Policy
import Testing

@Suite("Baseline")
struct BaselineTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("policies/acme/shop/inject.yaml", PolicyFolderTests.policy("acme/shop"))
    }

    private func library(_ baseline: String) throws -> PolicyLibrary {
        let path = try folder.write("baseline.yaml", "version: \"1\"\n" + baseline)
        return try PolicyLibrary(PolicyFolder(path: folder.path("policies"), baseline: path))
    }

    /// The names that a push to a branch may read.
    private func granted(_ library: PolicyLibrary, event: String = "push") throws -> [String] {
        let set = library.current
        let claims = [("repository", "acme/shop"), ("event_name", event), ("ref", "refs/heads/main")]
        let assumed = ClaimSet(assumed: claims.map { (Array($0.0.utf8), Array($0.1.utf8)) })
        return set.granted(by: try #require(set.policies.first), to: assumed, at: 0).map(\.path.description)
    }

    @Test(
        "what the baseline denies no grant gives",
        arguments: [
            (#"- { id: a, read: "prod/**" }"#, false), (#"- { id: a, read: "*/API_KEY" }"#, false),
            (#"- { id: a, when: { event_name: push }, read: "**" }"#, false),
            (#"- { id: a, when: { event_name: pull_request }, read: "**" }"#, true),
            (#"- { id: a, when: { environment: { not: prod } }, read: "**" }"#, false),
            (#"- { id: a, read: "staging/**" }"#, true), (#"- { id: a, read: "prod/OTHER" }"#, true),
        ])
    func denies(rule: String, isGranted: Bool) throws {
        #expect(try granted(library("deny:\n  \(rule)\n")) == (isGranted ? ["prod/API_KEY"] : []))
    }

    @Test(
        "a policy that is what the baseline asserts is read, and one that is not is refused",
        arguments: [
            (#"{ id: a, never: { event_name: pull_request }, read: "**" }"#, true),
            (#"{ id: a, only: { ref: refs/heads/main }, read: "prod/**" }"#, true),
            (#"{ id: a, possible: { event_name: push }, read: "prod/**" }"#, true),
            (#"{ id: a, never: { event_name: push }, read: "staging/**" }"#, true),
            (#"{ id: a, never: { event_name: push }, read: "**" }"#, false),
            (#"{ id: a, only: { environment: prod }, read: "prod/**" }"#, false),
            (#"{ id: a, possible: { event_name: schedule }, read: "prod/**" }"#, false),
        ])
    func assertions(assertion: String, holds: Bool) throws {
        let baseline = "assert:\n  - \(assertion)\n"
        if holds {
            #expect(try granted(library(baseline)) == ["prod/API_KEY"])
        } else {
            #expect(throws: DiagnosticList.self) { try library(baseline) }
        }
    }

    @Test("the baseline's own rules count in its proofs")
    func deniedBefore() throws {
        let deny = "deny:\n  - { id: d, when: { environment: { not: prod } }, read: \"**\" }\n"
        let assertion = "assert:\n  - { id: a, only: { environment: prod }, read: \"prod/**\" }\n"
        #expect(try granted(library(deny + assertion)) == [])
    }

    @Test("a refusal names the assertion, the policy's grant, and a token, and the policies before stay in force")
    func refused() throws {
        let library = try library("assert:\n  - { id: main-only, only: { ref: refs/heads/main }, read: \"prod/**\" }\n")
        let before = library.current.policies.map(\.digest)
        try folder.write("policies/acme/shop/inject.yaml", PolicyFolderTests.policy("acme/shop", ref: "refs/heads/*"))
        let error = try #require(#expect(throws: DiagnosticList.self) { try library.reload() })
        #expect(
            error.diagnostics.map(\.text).joined().replacing(folder.url.path, with: "") == """
                error[baseline-broken]: the policy of `acme/shop` is not what the baseline's `main-only` asserts: \
                a token can read prod/API_KEY by grant `deploy` in line 8 of `/policies/acme/shop/inject.yaml`
                 --> /baseline.yaml:3:11
                  |
                3 |   - { id: main-only, only: { ref: refs/heads/main }, read: "prod/**" }
                  |           ^^^^^^^^^
                  |
                  = note: token: event_name=push ref=refs/heads/a
                  = help: narrow the grant; until then the policies before stay in force

                """)
        #expect(library.isStale && library.current.policies.map(\.digest) == before)
    }

    @Test("a policy whose proof hits a limit is refused: nothing was proved")
    func limit() throws {
        let many = (0..<24).map { "\"refs/heads/*\(String(repeating: "a", count: $0))b*c*d*\"" }.joined(separator: ", ")
        try folder.write("policies/acme/shop/inject.yaml", PolicyFolderTests.policy("acme/shop", ref: "[\(many)]"))
        let error = try #require(
            #expect(throws: DiagnosticList.self) {
                try library("assert:\n  - { id: a, never: { event_name: pull_request }, read: \"**\" }\n")
            })
        #expect(error.diagnostics.map(\.id) == [.baselineBroken])
        #expect(error.diagnostics.first?.message.contains("cannot be proved") == true)
    }

    @Test("another baseline is another policy, which ends the tokens of the one before")
    func digest() throws {
        let first = try library("deny: []\n").current.policies.map(\.digest)
        let second = try library("deny:\n  - { id: a, read: \"staging/**\" }\n").current.policies.map(\.digest)
        #expect(first != second)
    }

    @Test(
        "a baseline gives nothing, and its mistakes are told",
        arguments: [
            "environments: { prod: { secrets: {} } }\n", "repository: acme/shop\n", "deny: x\n",
            "deny:\n  - { id: a, when: { event_nam: push }, read: \"**\" }\n",
            "deny:\n  - { id: a, read: \"**\" }\n  - { id: a, read: \"prod/**\" }\n", "tests: []\n",
        ])
    func malformed(text: String) {
        #expect(throws: DiagnosticList.self) { try library(text) }
    }
}
