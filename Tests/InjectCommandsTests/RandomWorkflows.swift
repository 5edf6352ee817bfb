import InjectTesting

/// Workflows as people write them, and a few as nobody should.
struct RandomWorkflows {
    private var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    /// The files of a repository.
    mutating func files() -> [String: String] {
        var files: [String: String] = [:]
        for number in 0...random.below(3) {
            let name = pick(["ci", "deploy", "release", "we+ird", "b*d"]) + "\(number).yml"
            files[".github/workflows/" + name] = workflow()
        }
        files[".github/workflows/called.yml"] = "on: workflow_call\n" + jobs(2, calls: false)
        if random.below(3) == 0 {
            files[".env.example"] = "# names\nexport A=1\nPORT=3000\nPATH=/bin\n2X=1\nb b=1\nA=2\n"
        }
        if random.below(3) == 0 { files[".gitignore"] = pick([".env\n", ".env.local\n", "*.o\n"]) }
        if random.below(3) == 0 { files["CODEOWNERS"] = pick(["* @acme/all\n", "/docs @acme/docs\n", ""]) }
        return files
    }

    private mutating func workflow() -> String {
        var text = "on:\n"
        for event in Set((0...random.below(3)).map { _ in pick(Self.events) }).sorted() {
            text += "  \(event):\n"
            guard ["push", "pull_request"].contains(event), random.below(2) == 0 else { continue }
            for key in ["branches", "tags"] where random.below(2) == 0 {
                let filters = (0...random.below(3)).map { _ in "'\(pick(Self.filters))'" }
                text += "    \(key): [\(filters.joined(separator: ", "))]\n"
            }
        }
        if random.below(3) == 0 { text += "env: { \(variable()) }\n" }
        return text + jobs(1 + random.below(3))
    }

    private mutating func jobs(_ count: Int, calls: Bool = true) -> String {
        var text = "jobs:\n"
        for number in 0..<count {
            text += "  job\(number):\n"
            if calls, random.below(4) == 0 {
                text += "    uses: \(pick(["./.github/workflows/called.yml", "acme/ci/.github/workflows/x.yml@v1"]))\n"
                text += "    secrets: \(pick(["inherit", "{ x: \"${{ secrets.DEPLOY_KEY }}\" }"]))\n"
                continue
            }
            if random.below(2) == 0 { text += "    environment: \(pick(Self.environments))\n" }
            let script = pick(["make", "echo ${{ secrets.NPM_TOKEN }}", "echo ${{ toJSON(secrets) }}"])
            text +=
                "    runs-on: ubuntu-24.04\n    steps:\n      - run: \"\(script)\"\n        env: { \(variable()) }\n"
        }
        return text
    }

    private mutating func variable() -> String { "\(pick(Self.names)): \"${{ secrets.\(pick(Self.names)) }}\"" }

    private mutating func pick(_ texts: [String]) -> String { texts[random.below(texts.count)] }

    private static let events = [
        "push", "push", "pull_request", "workflow_dispatch", "schedule", "release", "pull_request_target", "issues",
        "workflow_call", "repository_dispatch", "merge_group", "made_up",
    ]
    private static let filters = [
        "main", "release/*", "feature/**", "v*", "*", "**", "!main", "v[12].?", "a+", "**/x", "r*/s*", "*-rc", "w x",
    ]
    private static let environments = [
        "prod", "prod eu", "\"on\"", "\"2024\"", "dev", "ci", "\"p*d\"", "\"\u{FC}\"", "\"${{ inputs.where }}\"",
        "{ name: staging }", "\"a:b#c\"", "\"# inject: ignore[P06] x\"",
    ]
    private static let names = [
        "A", "B_KEY", "DATABASE_URL", "lower", "GIT_TOKEN", "PYTHON_X", "NO", "GITHUB_TOKEN", "STAGING_DATABASE_URL",
    ]
}
