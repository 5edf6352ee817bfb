import Foundation
import InjectTesting
import LogMasking
import Testing

/// Each row is what another program prints for the value; the command that printed it is beside it.
@Suite("Forms of a secret")
struct MaskFormTests {
    static let value = "p@ss w0rd/&'\"<é>\\$x"

    @Test(
        "what other programs make of a value is masked whole",
        arguments: [
            value,
            "cEBzcyB3MHJkLyYnIjzDqT5cJHg=",  // base64
            "cEBzcyB3MHJkLyYnIjzDqT5cJHg",  // base64, unpadded
            "7040737320773072642f2627223cc3a93e5c2478",  // xxd -p
            "7040737320773072642F2627223CC3A93E5C2478",  // xxd -p -u
            "p%40ss%20w0rd%2F%26%27%22%3C%C3%A9%3E%5C%24x",  // urllib.parse.quote(v, safe='')
            "p%40ss%20w0rd/%26%27%22%3C%C3%A9%3E%5C%24x",  // urllib.parse.quote(v)
            "p%40ss+w0rd%2F%26%27%22%3C%C3%A9%3E%5C%24x",  // urllib.parse.quote_plus(v)
            "p%40ss%20w0rd%2F%26'%22%3C%C3%A9%3E%5C%24x",  // encodeURIComponent(v)
            "p%40ss%20w0rd%2f%26%27%22%3c%c3%a9%3e%5c%24x",  // the same, lower case
            #"p@ss w0rd/&'\"<é>\\$x"#,  // JSON.stringify(v)
            #"p@ss w0rd/&'\"<\u00e9>\\$x"#,  // json.dumps(v)
            #"p@ss w0rd/\u0026'\"\u003cé\u003e\\$x"#,  // Go's json.Marshal(v)
            #"p@ss w0rd\/&'\"<\u00e9>\\$x"#,  // PHP's json_encode(v)
            #"p@ss w0rd/&'"'"'"<é>\$x"#,  // shlex.quote(v), inside its outer quotes
            #"p@ss w0rd/&'\''"<é>\$x"#,  // bash set -x, inside its outer quotes
            #"p@ss\ w0rd/\&\'\"\<é\>\\\$x"#,  // bash printf %q
        ]
    )
    func whole(printed: String) throws {
        let patterns = try Masking.patterns(Self.value)
        #expect(try Masking.text(patterns, "[\(printed)]") == "[***]")
    }

    @Test("base64 of the value between any texts shows nothing that the value decides", arguments: 0..<300)
    func base64Offsets(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let secret = (0..<(12 + random.below(30))).map { _ in UInt8(random.below(256)) }
        let before = (0..<random.below(7)).map { _ in UInt8(random.below(256)) }
        let after = (0..<random.below(7)).map { _ in UInt8(random.below(256)) }
        let patterns = try MaskPatterns(Masking.values([secret]))
        for urlSafe in [false, true] {
            var encoded = Data(before + secret + after).base64EncodedString()
            if urlSafe { encoded = encoded.replacing("+", with: "-").replacing("/", with: "_") }
            let output = try Masking.text(patterns, encoded)
            let parts = output.split(separator: "***", omittingEmptySubsequences: false)
            #expect(parts.count == 2, "seed \(seed): \(output)")
            // At most the characters that the neighbours decide as well are left, on either side.
            #expect(parts[0].count <= before.count * 8 / 6 + 2)
            #expect(parts[1].count <= (after.count + 2) * 4 / 3 + 4)
        }
    }

    @Test(
        "each line of a multi-line value is masked, however the line ends or is indented",
        arguments: ["\n", "\r\n", "\r", "\n    ", "\n2026-11-24T02:00:00Z "]
    )
    func lines(separator: String) throws {
        let lines = ["-----BEGIN KEY-----", "MIIEvQIBADANBgkqhkiG", "  9w0BAQEFAASC  ", "-----END KEY-----"]
        let patterns = try Masking.patterns(lines.joined(separator: "\n"))
        let output = try Masking.text(patterns, lines.joined(separator: separator))
        for line in lines { #expect(!output.contains(line.trimmingCharacters(in: .whitespaces))) }
    }

    @Test("the short lines of a multi-line value are not masked alone")
    func shortLines() throws {
        let patterns = try Masking.patterns("{\n  \"password\": \"hunter2\"\n}")
        #expect(try Masking.text(patterns, "{ } password {") == "{ } password {")
        #expect(try Masking.text(patterns, #"x "password": "hunter2" y"#) == "x *** y")
    }

    @Test("a derived form under eight bytes is not masked")
    func shortForms() throws {
        let patterns = try Masking.patterns("ab1!")
        #expect(try Masking.text(patterns, "ab1! YWIxIQ 61623121") == "*** YWIxIQ ***")
    }

    /// The real shells and libraries of this machine, not rows that were copied from them.
    @Test("what bash and python print of random values is masked", arguments: 0..<12)
    func realPrograms(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed) &+ 77)
        let alphabet = Array("abcXYZ019 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~\u{1}\t\né")
        let secret = "S3" + String((0..<(10 + random.below(12))).map { _ in alphabet[random.below(alphabet.count)] })
        let patterns = try Masking.patterns(secret)
        let python = """
            import sys,json,shlex,base64,urllib.parse as u
            v=sys.argv[1]
            for t in (json.dumps(v)[1:-1],json.dumps(v,ensure_ascii=False)[1:-1],shlex.quote(v),u.quote(v),u.quote(v,''),\
            u.quote_plus(v),base64.b64encode(v.encode()).decode(),v.encode().hex()): print('<',t,'>',sep='')
            """
        let folder = try TemporaryFolder()
        let runs = [
            ("/usr/bin/python3", ["-c", python, secret]),
            ("/bin/bash", ["-c", #"printf '<%q>\n' "$1""#, "bash", secret]),
        ]
        for (program, arguments) in runs {
            let runner = CommandRunner(
                executable: URL(fileURLWithPath: program),
                in: folder.url,
                environment: ["LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
            )
            let printed = try runner.run(arguments)
            #expect(printed.status == 0)
            for row in printed.output.split(separator: ">\n").map({ $0.dropFirst() }) {
                let output = try Masking.text(patterns, String(row))
                #expect(output.replacing("***", with: "").utf8.count <= 4, "seed \(seed), \(program): \(output)")
            }
        }
    }
}
