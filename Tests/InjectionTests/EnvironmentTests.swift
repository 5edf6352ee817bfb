import Foundation
import InjectTesting
import Secrets
import Testing

@testable import Injection

@Suite("environment")
struct EnvironmentTests {
    static let actions = [
        "ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ACTIONS_RUNTIME_TOKEN",
        "ACTIONS_RESULTS_URL",
    ]

    @Test("GitHub's own credentials do not reach the command", arguments: actions)
    func actionsCredentials(name: String) throws {
        #expect(try environment(["A=1", "\(name)=x", "B=2"]) == ["A=1", "B=2"])
    }

    @Test("GitHub's own credentials reach it where that is asked for", arguments: actions)
    func keptActionsCredentials(name: String) throws {
        let kept = try environment(["A=1", "\(name)=x"]) { $0.keepsActionsCredentials = true }
        #expect(kept == ["A=1", "\(name)=x"])
    }

    @Test("the variable by which the runner finds what a job left behind stays")
    func trackingID() throws {
        #expect(try environment(["RUNNER_TRACKING_ID=github_1"]) == ["RUNNER_TRACKING_ID=github_1"])
    }

    @Test("every copy of a credential that inject used goes")
    func usedCredentials() throws {
        let entries = ["AWS_SECRET_ACCESS_KEY=1", "A=1", "AWS_SECRET_ACCESS_KEY=2"]
        #expect(try environment(entries) { $0.used = ["AWS_SECRET_ACCESS_KEY"] } == ["A=1"])
    }

    @Test("of a name that stands twice the first counts, as getenv has it")
    func duplicates() throws {
        #expect(try environment(["A=first", "B=", "A=second"]) == ["A=first", "B="])
    }

    @Test("names are compared by their bytes and not by their meaning")
    func canonicalEquivalence() throws {
        let entries = ["\u{E9}=composed", "e\u{301}=decomposed"]
        #expect(try environment(entries).map { Array($0.utf8) } == entries.map { Array($0.utf8) })
    }

    @Test("a secret that exists already is an error that names all of them at once")
    func collision() throws {
        let secrets = [try secret("A"), try secret("B"), try secret("C")]
        let failure = try failure { try environment(["C=1", "A=1"], secrets) }
        #expect(failure?.id == "environment-collision")
        #expect(failure?.exitCode == 125)
        #expect(failure?.message == "the environment already has `A`, `C`")
    }

    @Test("on a collision the variable stays, or every copy of it is replaced")
    func collisionChoices() throws {
        let (entries, secrets) = (["A=old", "B=1", "A=older"], [try secret("A", "new")])
        #expect(try environment(entries, secrets) { $0.collision = .keep } == ["A=old", "B=1"])
        #expect(try environment(entries, secrets) { $0.collision = .replace } == ["B=1", "A=new"])
    }

    @Test("a variable that is not inherited collides with nothing")
    func noCollision() throws {
        let secrets = [try secret("ACTIONS_RUNTIME_TOKEN", "mine"), try secret("USED", "mine")]
        let result = try environment(["ACTIONS_RUNTIME_TOKEN=x", "USED=x"], secrets) { $0.used = ["USED"] }
        #expect(result == ["ACTIONS_RUNTIME_TOKEN=mine", "USED=mine"])
        #expect(try environment(["A=1"], [try secret("A", "2")]) { $0.isPristine = true } == ["A=2"])
    }

    @Test("two values under one name are refused, also a file's and the folder's")
    func ownDuplicates() throws {
        let name = try #require(SecretName("B_FILE"))
        let file = SecretFile(path: "b", mode: 0o400, pathVariable: name)
        let withFile = try secret("B", "x".utf8, variable: nil, file: file)
        for secrets in [
            [try secret("A"), try secret("A")], [withFile, try secret("B_FILE")], [withFile, try secret("INJECT_DIR")],
        ] {
            #expect(try failure { try environment([], secrets) }?.id == "environment-collision")
        }
    }

    @Test("a file is delivered by its path, and the folder of an outer inject is replaced")
    func files() throws {
        let name = try #require(SecretName("TLS_KEY_FILE"))
        let file = SecretFile(path: "tls/server.key", mode: 0o400, pathVariable: name)
        let secrets = [try secret("TLS_KEY", "x".utf8, variable: nil, file: file)]
        let result = try environment(["INJECT_DIR=/outer", "A=1"], secrets, folder: "/f")
        #expect(result == ["A=1", "TLS_KEY_FILE=/f/tls/server.key", "INJECT_DIR=/f"])
        #expect(try environment(["INJECT_DIR=/outer"]) == ["INJECT_DIR=/outer"])
    }

    @Test("pristine keeps five variables and what is passed")
    func pristine() throws {
        let entries = ["PATH=p", "HOME=h", "LANG=l", "TERM=t", "TMPDIR=d", "CI=1", "NPM_A=1", "NPM_B=2", "PATHX=x"]
        let five = Array(entries.prefix(5))
        #expect(try environment(entries) { $0.isPristine = true } == five)
        let passed = try environment(entries) { options in
            options.isPristine = true
            options.passed = ["NPM_*", "C?"]
        }
        #expect(passed == five + ["NPM_A=1", "NPM_B=2"])
    }

    @Test("passing a variable never brings back a credential")
    func passedCredentials() throws {
        let entries = Self.actions.map { $0 + "=x" } + ["USED=x"]
        let result = try environment(entries) { options in
            options.isPristine = true
            options.passed = ["*"]
            options.used = ["USED"]
        }
        #expect(result.isEmpty)
    }

    @Test("a pattern matches as a naive matcher says", arguments: [UInt64](1...20))
    func patterns(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<300 {
            let name = (0..<Int.random(in: 1...7, using: &random)).map { _ in "AB".randomElement(using: &random) ?? "A"
            }
            let pattern = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                "AB*".randomElement(using: &random) ?? "*"
            }
            let result = try environment([String(name) + "=1"]) { options in
                options.isPristine = true
                options.passed = [String(pattern)]
            }
            #expect(
                !result.isEmpty == Self.naive(name[...], pattern[...]), "\(String(name)) \(String(pattern)) \(seed)")
        }
    }

    @Test("a NUL is refused in a variable and allowed in a file")
    func nul() throws {
        #expect(try failure { try environment([], [try secret("A", "a\0b")]) }?.id == "secret-has-nul")
        let name = try #require(SecretName("A_FILE"))
        let file = SecretFile(path: "a", mode: 0o400, pathVariable: name)
        let inFile = try secret("A", "a\0b".utf8, variable: nil, file: file)
        #expect(try failure { try environment([], [inFile], folder: "/f") } == nil)
    }

    @Test("a value may have 64 KiB and not a byte more", arguments: [(65_536, nil), (65_537, "secret-too-large")])
    func size(count: Int, id: String?) throws {
        let value = [UInt8](repeating: 0x61, count: count)
        #expect(try failure { try environment([], [try secret("A", value, variable: "A")]) }?.id == id)
    }

    private static func naive(_ name: ArraySlice<Character>, _ pattern: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return name.isEmpty }
        guard first == "*" else { return name.first == first && naive(name.dropFirst(), pattern.dropFirst()) }
        return (name.startIndex...name.endIndex).contains { naive(name[$0...], pattern.dropFirst()) }
    }
}
