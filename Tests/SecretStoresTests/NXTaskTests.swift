import Diagnostics
import Foundation
import InjectTesting
import Secrets
import Testing

@testable import SecretStores

@Suite("Folders of .env files")
struct NXTaskTests {
    /// Written out from Nx's documentation, "Define Environment Variables".
    private static let documented = [
        ".env.build.production.local", ".env.build.production", ".build.production.local.env", ".build.production.env",
        ".env.production.local", ".env.production", ".production.local.env", ".production.env",
        ".env.build.local", ".env.build", ".build.local.env", ".build.env",
        ".env.local", ".local.env", ".env",
    ]

    @Test("are asked in the order that Nx documents: the project's, then the root's")
    func documentedOrder() {
        let task = NXTask(target: "build", configuration: "production")
        let expected = Self.documented.map { "apps/shop/" + $0 } + Self.documented
        #expect(task.files(for: "apps/shop/") == expected)
        #expect(task.files(for: "./") == Self.documented)
    }

    @Test("need no task, and no part of a task's name is a path")
    func lessOfATask() {
        #expect(
            NXTask().files(for: "a/") == ["a/.env.local", "a/.local.env", "a/.env", ".env.local", ".local.env", ".env"])
        #expect(
            NXTask(target: "t").files(for: "./")
                == Array(Self.documented.suffix(7)).map { $0.replacing("build", with: "t") })
        #expect(NXTask(target: "../../etc/x", configuration: "").files(for: "./") == Array(Self.documented.suffix(3)))
    }

    private static func fetch(
        _ folder: TemporaryFolder,
        _ names: [String],
        _ task: NXTask = NXTask(target: "build", configuration: "production")
    ) async -> [String: Result<String, Diagnostic>] {
        let root = StoreRoot(folder: folder.url.path + "/", allowsAbsolutePaths: false)
        let store = DotenvStore(root: root, dialect: .strict, task: task)
        let requests = names.compactMap { SecretName($0) }.map {
            SecretRequest(name: $0, reference: .dotenv(file: "apps/shop/", key: nil))
        }
        let answers = await store.fetch(requests)
        return Dictionary(uniqueKeysWithValues: answers.map { ($0.key.text, $0.value.map(\.exposedText)) })
    }

    /// Random files with random keys, against the naive reading: each file in order, and nothing replaced.
    @Test("give the value of the first file that has the key", arguments: 0..<20)
    func firstWins(seed: UInt64) async throws {
        var random = SeededRandom(seed: seed)
        let folder = try TemporaryFolder()
        let keys = ["A", "B", "C", "D"]
        var expected: [String: String] = [:]
        for path in Self.documented.map({ "apps/shop/" + $0 }) + Self.documented where random.below(4) == 0 {
            let held = keys.filter { _ in random.below(3) == 0 }
            try folder.write(path, held.map { "\($0)=\($0) of \(path)\n" }.joined())
            for key in held where expected[key] == nil { expected[key] = "\(key) of \(path)" }
        }
        let answers = await Self.fetch(folder, keys)
        for key in keys { #expect((try? answers[key]?.get()) == expected[key], "seed \(seed)") }
    }

    @Test("that are broken hide nothing behind them, and a key that is nowhere is told with the files there are")
    func failures() async throws {
        let folder = try TemporaryFolder()
        try folder.write("apps/shop/.env.local", "KEY='never closed\n")
        try folder.write(".env", "KEY=behind\n")
        guard case .failure(let broken) = await Self.fetch(folder, ["KEY"])["KEY"] else {
            Issue.record("the value of another file was taken")
            return
        }
        #expect(broken.text.contains("apps/shop/.env.local") && !broken.text.contains("behind"))
        try folder.write("apps/shop/.env.local", "OTHER=x\n")
        guard case .failure(let missing) = await Self.fetch(folder, ["NOWHERE"])["NOWHERE"] else {
            Issue.record("there is no such key")
            return
        }
        #expect(
            missing.text == """
                inject: error[secret-missing]: no `.env` file for `apps/shop/` has the key `NOWHERE`
                  = note: there are `apps/shop/.env.local`, `.env`
                  = help: add a line `NOWHERE=…` to `apps/shop/.env.local`

                """
        )
    }
}
