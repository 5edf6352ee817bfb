import Foundation
import InjectTesting
import Testing

@Suite("inject init")
struct InitCommandTests {
    /// How a policy starts where Git names no repository.
    private static let unknownRepository = """
        # Which job may read which secret. Written by `inject init` from what the workflows read today; it lets in less
        # than they do, and no pull request. What nobody but you can know is asked in a comment: answer it, and remove it.
        # `inject lint` checks this file, `inject test` proves what it asserts, `inject plan` says what a job would get.
        version: "1"
        # question: which repository is this? Git knows of none on GitHub; until it is named, no job's token matches.
        repository: OWNER/NAME
        # question: what is its number, which survives a rename? `gh api repos/OWNER/NAME --jq .id` prints it.
        # repository_id: "NUMBER"
        """

    static let deploy = """
        on:
          push: { branches: [main] }
          workflow_dispatch:
          pull_request:
        jobs:
          test:
            runs-on: ubuntu-24.04
            steps:
              - run: make test
                env: { DATABASE_URL: "${{ secrets.TEST_DATABASE_URL }}" }
          deploy:
            environment: production
            runs-on: ubuntu-24.04
            steps:
              - run: make deploy
                env: { DATABASE_URL: "${{ secrets.DATABASE_URL }}", TOKEN: "${{ secrets.GITHUB_TOKEN }}" }

        """
    static let files = [".github/workflows/deploy.yml": deploy, ".gitignore": ".env.local\n"]
    static let remote = "git@github.com:acme/shop.git"

    @Test("a first policy grants what jobs read today, but to no pull request, and asks for the rest")
    func shop() throws {
        let repository = try InitRepository(Self.files, remote: Self.remote, branch: "main")
        #expect(
            try repository.inject.run(["init"])
                == CommandResult(
                    status: 0,
                    error: "inject: wrote inject.yaml: 3 secrets, 3 grants, 11 questions\ninject: wrote .env.example\n"
                )
        )
        #expect(
            try repository.policy() == """
                # Which job may read which secret. Written by `inject init` from what the workflows read today; it lets in less
                # than they do, and no pull request. What nobody but you can know is asked in a comment: answer it, and remove it.
                # `inject lint` checks this file, `inject test` proves what it asserts, `inject plan` says what a job would get.
                version: "1"
                repository: acme/shop
                # question: what is its number, which survives a rename? `gh api repos/acme/shop --jq .id` prints it.
                # repository_id: "NUMBER"
                # question: where do the values live from now on? The names below are proposals; `aws-ssm:/PATH` and
                #   `encrypted:FILE#KEY` will do, too.
                # question: may pull_request read TEST_DATABASE_URL, DATABASE_URL? Today it does, in test in deploy.yml, deploy in
                #   deploy.yml. No grant lets it.

                environments:
                  # A developer's machine; the values are in .env.local, which git must not have.
                  dev:
                    local: "true"
                    secrets:
                      DATABASE_URL: { from: "dotenv:.env.local" }
                    grants:
                      - id: everyone-locally
                        when: { event_name: local }
                        read: DATABASE_URL

                  # Jobs without an environment.
                  ci:
                    # question: would a mistake here cost more than time? Then it is protected, which needs `repository_id`.
                    # protected: "true"
                    # question: which role of AWS reads these? `inject compile aws-iam` writes it; until then no job can fetch them.
                    # exchange:
                    #   aws: { role: "arn:aws:iam::ACCOUNT:role/inject-ci", region: REGION }
                    # question: should these jobs have an `environment:`? One can have reviewers, and pins who reads them.
                    secrets:
                      TEST_DATABASE_URL: { from: "aws-sm:shop/ci/TEST_DATABASE_URL", env: DATABASE_URL }
                    grants:
                      - id: deploy  # test in deploy.yml
                        # question: may it be started by hand for other branches, too?
                        when:
                          event_name: [push, workflow_dispatch]
                          ref: refs/heads/main
                          workflow_ref: acme/shop/.github/workflows/deploy.yml@refs/heads/main
                        read: TEST_DATABASE_URL

                  # Jobs with `environment: production`.
                  production:
                    # question: would a mistake here cost more than time? Then it is protected, which needs `repository_id`.
                    # protected: "true"
                    # question: which role of AWS reads these? `inject compile aws-iam` writes it; until then no job can fetch them.
                    # exchange:
                    #   aws: { role: "arn:aws:iam::ACCOUNT:role/inject-production", region: REGION }
                    secrets:
                      DATABASE_URL: { from: "aws-sm:shop/production/DATABASE_URL" }
                    grants:
                      - id: deploy-production  # deploy in deploy.yml
                        # question: may it be started by hand for other branches, too?
                        when:
                          event_name: [push, workflow_dispatch]
                          ref: refs/heads/main
                          environment: production
                          workflow_ref: acme/shop/.github/workflows/deploy.yml@refs/heads/main
                        read: DATABASE_URL

                assert:  # proved for every token that can exist
                  - id: no-pull-request
                    never: { event_name: [pull_request, pull_request_target] }
                    read: ["ci/**", "production/**"]

                tests:
                  - token: { event_name: local }
                    allow: "dev/**"
                  - token:
                      event_name: push
                      ref: refs/heads/main
                      workflow_ref: acme/shop/.github/workflows/deploy.yml@refs/heads/main
                    allow: ci/TEST_DATABASE_URL
                  - token:
                      event_name: push
                      ref: refs/heads/main
                      environment: production
                      workflow_ref: acme/shop/.github/workflows/deploy.yml@refs/heads/main
                    allow: production/DATABASE_URL
                  - token: { event_name: pull_request, ref: refs/pull/1/merge }
                    deny: ["ci/**", "production/**"]

                lint:
                  ignore:
                    P06: "question: the policy trusts the repository's name, which somebody can register again after a rename"

                """
        )
    }

    @Test("without git and workflows a developer's machine is what is left")
    func local() throws {
        let repository = try InitRepository([".env.example": "# for make run\nAPI_KEY=\nexport PORT=3000\n"])
        #expect(
            try repository.inject.run(["init"])
                == CommandResult(status: 0, error: "inject: wrote inject.yaml: 2 secrets, 1 grant, 3 questions\n"))
        #expect(
            try repository.policy() == """
                \(Self.unknownRepository)

                environments:
                  # A developer's machine; the values are in .env.local, which git must not have.
                  dev:
                    local: "true"
                    # question: which of these are no secrets? Remove them.
                    secrets:
                      API_KEY: { from: "dotenv:.env.local" }
                      PORT: { from: "dotenv:.env.local" }
                    grants:
                      - id: everyone-locally
                        when: { event_name: local }
                        read: [API_KEY, PORT]

                tests:
                  - token: { event_name: local }
                    allow: "dev/**"

                """
        )
        #expect(try repository.policy(".env.example") == "# for make run\nAPI_KEY=\nexport PORT=3000\n")
    }

    @Test("with nothing at all it is still a policy")
    func empty() throws {
        let repository = try InitRepository([:])
        #expect(
            try repository.inject.run(["init", "--stdout"]).output == """
                \(Self.unknownRepository)

                environments:
                  # A developer's machine; the values are in .env.local, which git must not have.
                  dev:
                    local: "true"
                    # question: which secrets does a developer need? For example: API_KEY: { from: "dotenv:.env.local" }
                    secrets: {}

                """
        )
        #expect(try repository.folder.contents() == [])
        #expect(try repository.inject.run(["init"]).status == 0)
        #expect(try repository.folder.contents() == ["inject.yaml"])
        #expect(try repository.inject.run(["lint"]).status == 0)
    }

    @Test("a policy that is there is never overwritten, unless that is asked for")
    func existing() throws {
        let repository = try InitRepository(Self.files.merging(["inject.yaml": "mine\n"]) { $1 })
        let refused = CommandResult(
            status: 2,
            error: """
                inject: error[policy-exists]: `inject.yaml` is there, and no policy is overwritten
                  = help: write another file with `--output FILE`, or replace it with `--force`

                """
        )
        #expect(try repository.inject.run(["init"]) == refused)
        #expect(try repository.inject.run(["init", "--output", "inject.yaml"]) == refused)
        #expect(try repository.policy() == "mine\n")
        #expect(try repository.inject.run(["init", "--stdout"]).status == 0)
        #expect(try repository.policy() == "mine\n")
        #expect(!FileManager.default.fileExists(atPath: repository.folder.path(".env.example")))
        #expect(try repository.inject.run(["init", "--output", "draft.yaml"]).status == 0)
        #expect(try repository.inject.run(["init", "--force"]).status == 0)
        #expect(try repository.policy().hasPrefix("# Which job may read which secret."))
    }

    @Test("a link that leads nowhere is not followed, and a folder that is not there is said")
    func unwritable() throws {
        let repository = try InitRepository([:])
        try FileManager.default.createSymbolicLink(
            atPath: repository.folder.path("inject.yaml"), withDestinationPath: "elsewhere")
        #expect(try repository.inject.run(["init"]).error.contains("error[policy-exists]"))
        #expect(
            try repository.inject.run(["init", "--output", "none/inject.yaml"])
                == CommandResult(
                    status: 2,
                    error: """
                        inject: error[init-unwritable]: `none/inject.yaml` cannot be written: no such file or directory

                        """
                )
        )
    }

    @Test("printing and writing exclude each other", arguments: [["--force"], ["--output", "a.yaml"]])
    func contradiction(options: [String]) throws {
        #expect(
            try InitRepository([:]).inject.run(["init", "--stdout"] + options)
                == CommandResult(
                    status: 2,
                    error: """
                        inject: error[usage]: `--stdout` writes no file
                          = help: remove `--stdout`, or `--output` and `--force`

                        """
                )
        )
    }

    @Test(
        "the repository is read from its remote, in the forms that there are",
        arguments: [
            ("git@github.com:acme/shop.git", "acme/shop"), ("https://github.com/acme/shop", "acme/shop"),
            ("https://token:x@github.com/acme/shop.git", "acme/shop"),
            ("ssh://git@github.com:22/acme/shop.git", "acme/shop"),
            ("ssh://git@github.com/acme/s.x-y_z", "acme/s.x-y_z"),
            ("https://github.com.evil.example/acme/shop", "OWNER/NAME"), ("../shop.git", "OWNER/NAME"),
            ("https://gitlab.com/acme/shop", "OWNER/NAME"), ("https://github.com/acme", "OWNER/NAME"),
            ("https://github.com/acme/sh*p", "OWNER/NAME"), ("https://github.com/.git", "OWNER/NAME"),
        ]
    )
    func remotes(remote: String, slug: String) throws {
        let output = try InitRepository([:], remote: remote).inject.run(["init", "--stdout"]).output
        #expect(output.contains("\nrepository: \(slug)\n"), "\(output)")
    }

    @Test("in a job the repository's number is known, and in another repository's job it is not asked")
    func identity() throws {
        let repository = try InitRepository(Self.files, remote: Self.remote)
        let job = ["GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "acme/shop", "GITHUB_REPOSITORY_ID": "456789"]
        let own = try repository.inject.run(["init", "--stdout"], environment: job).output
        #expect(own.contains("\nrepository_id: \"456789\"  # survives a rename\n"))
        #expect(!own.contains("P06"))
        let other = job.merging(["GITHUB_REPOSITORY": "acme/other"]) { $1 }
        let foreign = try repository.inject.run(["init", "--stdout"], environment: other).output
        #expect(foreign.contains("\n# repository_id: \"NUMBER\"\n"))
    }

    @Test("the file of values is kept out of a repository that nothing was added to yet", arguments: [false, true])
    func newRepository(isWorktree: Bool) throws {
        let repository = try InitRepository([".env.example": "API_KEY=\n"])
        if isWorktree {
            try repository.folder.write("elsewhere/HEAD", "ref: refs/heads/main\n")
            try repository.folder.write(".git", "gitdir: elsewhere\n")
        } else {
            try repository.folder.write(".git/HEAD", "ref: refs/heads/main\n")
        }
        let result = try repository.inject.run(["init"])
        #expect(result.error.hasSuffix("\ninject: added /.env.local to .gitignore\n"), "\(result.error)")
        #expect(try repository.policy(".gitignore") == "/.env.local\n")
        #expect(try repository.inject.run(["lint"]).status == 0)
        try FileManager.default.removeItem(atPath: repository.folder.path(".gitignore"))
        #expect(try repository.inject.run(["lint"]).output.contains("error[dotenv-tracked]"))
    }

    @Test("a workflow that cannot be read is named and left out")
    func unreadable() throws {
        let repository = try InitRepository([".github/workflows/a.yml": "a: [", ".github/workflows/b.yml": "- 1\n"])
        let result = try repository.inject.run(["init"])
        #expect(
            result
                == CommandResult(
                    status: 0,
                    error: """
                        inject: .github/workflows/a.yml is left out: it cannot be read, and `inject lint` says why
                        inject: .github/workflows/b.yml is left out: it cannot be read, and `inject lint` says why
                        inject: wrote inject.yaml: 0 secrets, 0 grants, 3 questions

                        """
                )
        )
    }

    @Test("whatever the workflows are, the policy lints clean and its tests hold", arguments: 0..<UInt64(40))
    func anyRepository(seed: UInt64) throws {
        var source = RandomWorkflows(seed: seed)
        let files = source.files()
        let repository = try InitRepository(files, remote: seed % 3 == 0 ? nil : Self.remote)
        let written = try repository.inject.run(["init"])
        #expect(written.status == 0, "seed \(seed): \(written.error)")
        let text = try repository.policy()
        let lint = try repository.inject.run(["lint"])
        #expect(lint == CommandResult(status: 0, error: "inject: inject.yaml: no findings\n"), "seed \(seed)\n\(text)")
        let test = try repository.inject.run(["test"])
        #expect(test.status == 0, "seed \(seed): \(test.output)\n\(text)")
        // Nobody who opens a pull request reads what jobs read.
        #expect(!text.contains("event_name: pull_request\n") && !text.contains("[pull_request, push"))
        #expect(text.split(separator: "\n").filter { $0.contains("#") }.allSatisfy { $0.utf8.count <= 200 })
    }
}
