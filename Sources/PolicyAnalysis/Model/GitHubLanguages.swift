/// What values GitHub's claims can have.
///
/// Refs obey git's rules for their names (git-scm.com, "git-check-ref-format"), except that `@{` and an end of `.lock` are
/// not ruled out.
enum GitHubLanguages {
    /// What a ref's segment is made of besides single dots.
    private static let refByte = Language.byte(
        ByteSet.text.subtracting(ByteSet(0...0x20)).subtracting(ByteSet(Array("~^:?*[\\/.\u{7F}".utf8)))
    )
    /// Neither empty, nor beginning or ending with a dot, nor with two dots in a row.
    private static let refSegment = Language.sequence([
        refByte, .optional(.repeated(.sequence([.optional(.text(".")), refByte]))),
    ])
    /// A branch or tag without `refs/heads/`.
    static let refName = Language.sequence([
        refSegment, .optional(.repeated(.sequence([.text("/"), refSegment]))),
    ])
    static let branchRef = Language.sequence([.text("refs/heads/"), refName])
    static let tagRef = Language.sequence([.text("refs/tags/"), refName])
    static let number = Language.sequence([
        .byte(ByteSet(0x31...0x39)), .optional(.repeated(.byte(.digits))),
    ])
    static let pullRef = Language.sequence([.text("refs/pull/"), number, .text("/merge")])
    static let queueRef = Language.sequence([.text("refs/heads/gh-readonly-queue/"), refName])
    static let anyRef = Language.choice([
        branchRef, tagRef, .sequence([.text("refs/pull/"), number, .text("/"), .words(["merge", "head"])]),
    ])

    /// A plain ref of a language.
    static func example(of refs: Language) -> String {
        switch refs {
        case .text: ""
        case tagRef: "refs/tags/v1"
        case pullRef: "refs/pull/1/merge"
        case queueRef: "refs/heads/gh-readonly-queue/main/pr-1"
        default: "refs/heads/main"
        }
    }

    static let eventName = Language.repeated(.byte(ByteSet.lowercase.union(ByteSet([0x5F]))))
    static let sha = Language.sequence(
        [Language](repeating: .byte(ByteSet.digits.union(ByteSet(0x61...0x66))), count: 40))

    static let owner = Language.repeated(.byte(ByteSet.letters.union(.digits).union(ByteSet([0x2D, 0x5F]))))
    static let name = Language.repeated(.byte(ByteSet.letters.union(.digits).union(ByteSet([0x2D, 0x2E, 0x5F]))))
    /// GitHub runs a file of any name; what is not ASCII no pattern can tell from what is.
    private static let file = Language.sequence([
        .repeated(.byte(ByteSet.printable.subtracting(ByteSet([UInt8(ascii: "/")])))), .text(".y"),
        .optional(.text("a")), .text("ml"),
    ])

    /// `OWNER/NAME`, with the markers of its parts.
    static let repositoryWord = Language.sequence([
        owner, .text([ClaimWord.ownerEnd]), .text("/"), name, .text([ClaimWord.repositoryEnd]),
    ])

    /// The path of a workflow that is a file of the repository.
    static let filePath = Language.sequence([.text("/.github/workflows/"), file])
    /// The path of a workflow that GitHub brings along, and no file shows: `dynamic/pages/pages-build-deployment`.
    static let ownPath = Language.sequence([.text("/dynamic/"), .repeated(.byte(.printable))])

    /// `OWNER/NAME/.github/workflows/FILE@REF`, with the markers of its parts.
    static func workflowWord(_ path: Language, at ref: Language) -> Language {
        .sequence([repositoryWord, path, .text("@"), .text([ClaimWord.fileEnd]), ref])
    }

    /// A reusable workflow's path, in any repository, at any ref or commit.
    static let calledWorkflow = Language.sequence([
        owner, .text("/"), name, filePath, .text("@"), .choice([anyRef, sha, refName]),
    ])

    /// What every row's claims can be unless the row says otherwise.
    static let common: [String: ClaimShape] = [
        "actor": ClaimShape(language: .repeated(.byte(.printable))),
        "actor_id": ClaimShape(language: number),
        "base_ref": .exactly(""),
        "check_run_id": ClaimShape(language: number, canBeAbsent: true),
        "environment": ClaimShape(language: .repeated(.byte(.printable)), canBeAbsent: true),
        "head_ref": .exactly(""),
        "job_workflow_sha": ClaimShape(language: sha, canBeAbsent: true),
        "ref_protected": ClaimShape(language: .words(["true", "false"])),
        "repository_id": ClaimShape(language: number),
        "repository_owner_id": ClaimShape(language: number),
        "repository_visibility": ClaimShape(language: .words(["private", "public", "internal"])),
        "run_attempt": ClaimShape(language: number),
        "run_number": ClaimShape(language: number),
        "runner_environment": ClaimShape(language: .words(["github-hosted", "self-hosted"])),
        "sha": ClaimShape(language: sha),
        "workflow": ClaimShape(language: .anything),
        "workflow_sha": ClaimShape(language: sha),
    ]
}
