import Foundation
import InjectTesting
import LogMasking
import Testing

@Suite("Shell quoting")
struct ShellFormTests {
    static let lines = "line é one\n\tit's \\ two"

    static let examples = [
        EncodedValue(awkward, #"p@ss\ w/rd+\'x\"\&\<é\>"#, "bash: printf %q"),
        EncodedValue(awkward, #"p@ss w/rd+'\''x"&<é>"#, "bash: set -x; jq @sh"),
        EncodedValue(awkward, #"p@ss w/rd+'"'"'x"&<é>"#, "python3 shlex.quote(v)"),
        EncodedValue("a:~b=~c~#d$e", #"a:\~b=\~c~#d\$e"#, "bash: printf %q"),
        EncodedValue("say \"$HOME\" `x` \\", #"say \"\$HOME\" \`x\` \\"#, "inside double quotes"),
        EncodedValue(lines, #"line é one\n\tit\'s \\ two"#, "LC_ALL=C.UTF-8 bash: printf %q"),
        EncodedValue(lines, #"line \303\251 one\n\tit\'s \\ two"#, "LC_ALL=C bash: printf %q"),
    ]

    @Test("each way to quote a word is masked", arguments: examples)
    func quoted(example: EncodedValue) throws {
        let masking = try Masking([example.value], "before \(example.encoded) after\n")
        #expect(masking.text == "before *** after\n")
        #expect(masking.report.entries.map(\.count) == [1])
    }

    @Test("the report calls it shell")
    func named() throws { try Self.examples[1].expectMasked(as: "shell") }

    @Test(
        "what a real bash makes of any text is masked", arguments: ["C", "C.UTF-8"],
        ["printf '%q\n' \"$1\"", "echo \"${1@Q}\""])
    func bash(locale: String, command: String) throws {
        let folder = try TemporaryFolder()
        let bash = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/bash"),
            in: folder.url,
            environment: ["LC_ALL": locale]
        )
        for seed in 0..<40 {
            var random = SeededRandom(seed: UInt64(seed))
            let value = "'x" + String((0..<7 + random.below(20)).map { _ in randomCharacter(&random) }) + "y"
            let shown = try bash.run(["-c", command, "bash", value]).output
            let masked = try Masking([value], shown).text
            #expect(["***\n", "'***'\n", "$'***'\n", "\\***\n", "''***'\n"].contains(masked), "seed \(seed): \(shown)")
        }
    }
}
