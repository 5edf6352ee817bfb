import Diagnostics
import Foundation
import InjectTesting
import Secrets
import Testing

@testable import AWSClient

/// The same files and variables for us and for botocore.
@Suite("Credential chain, beside botocore's")
struct CredentialDifferentialTests {
    static let oracle = """
        import json, os, sys, tempfile, botocore.session
        out = []
        for case in json.load(sys.stdin):
            with tempfile.TemporaryDirectory() as home:
                for name in ("config", "credentials"):
                    with open(f"{home}/{name}", "w") as file:
                        file.write(case[name])
                for name in [name for name in os.environ if name.startswith("AWS_")]:
                    del os.environ[name]
                os.environ.update(case["variables"], AWS_CONFIG_FILE=f"{home}/config",
                    AWS_SHARED_CREDENTIALS_FILE=f"{home}/credentials", AWS_EC2_METADATA_DISABLED="true")
                try:
                    found = botocore.session.Session().get_credentials()
                    if found is None:
                        out.append("none")
                    else:
                        keys = found.get_frozen_credentials()
                        out.append(" ".join([keys.access_key, keys.secret_key, keys.token or "-"]))
                except Exception as error:
                    out.append("error")
        print(json.dumps(out))
        """

    struct Case: Codable {
        var variables: [String: String] = [:]
        var config = ""
        var credentials = ""
    }

    /// Lines as people write them: keys present or not, spaces, comments, either delimiter, capitals.
    private static func lines(_ label: String, _ random: inout SeededRandom) -> String {
        var lines: [String] = []
        let delimiter = [" = ", "=", ": ", "  =\t"].randomElement(using: &random) ?? "="
        if Bool.random(using: &random) { lines.append("# aws_access_key_id = COMMENTED") }
        if Int.random(in: 0..<10, using: &random) < 7 { lines.append("aws_access_key_id\(delimiter)AK\(label)") }
        if Int.random(in: 0..<10, using: &random) < 7 {
            let key = ["secret\(label)", "a=b:c#d;\(label)", "'quoted\(label)'"].randomElement(using: &random) ?? ""
            lines.append("AWS_Secret_Access_Key\(delimiter)\(key)")
        }
        if Int.random(in: 0..<10, using: &random) < 3 { lines.append("aws_session_token\(delimiter)t\(label)  ") }
        if Int.random(in: 0..<10, using: &random) < 3 {
            let json = #"{"Version":1,"AccessKeyId":"AKP\#(label)","SecretAccessKey":"p"}"#
            lines.append("credential_process\(delimiter)printf '%s' '\(json)'")
        }
        if Bool.random(using: &random) { lines.append(nested("s3", &random)) }
        if Bool.random(using: &random) { lines.append(nested("dynamodb", &random)) }
        lines.append(["", "region = eu-west-1", "   ", "; comment"].randomElement(using: &random) ?? "")
        return lines.joined(separator: "\n") + "\n"
    }

    /// A setting with settings of its own, some of which would matter to the profile.
    private static func nested(_ name: String, _ random: inout SeededRandom) -> String {
        let program = #"printf '%s' '{"Version":1,"AccessKeyId":"AKN","SecretAccessKey":"n"}'"#
        let inner = [
            "endpoint_url = https://127.0.0.1:9", "region = us-east-1", "role_arn = arn:aws:iam::123456789012:role/r",
            "credential_process = \(program)", "max_concurrent_requests = 20",
        ]
        let indent = ["  ", "\t", "      "].randomElement(using: &random) ?? " "
        let count = Int.random(in: 1...3, using: &random)
        return "\(name) =\n" + inner.shuffled(using: &random).prefix(count).map { indent + $0 }.joined(separator: "\n")
    }

    private static func example(_ random: inout SeededRandom) -> Case {
        var example = Case()
        let chance = { (share: Int, random: inout SeededRandom) in Int.random(in: 0..<10, using: &random) < share }
        if chance(3, &random) { example.variables["AWS_ACCESS_KEY_ID"] = "AKENV" }
        if chance(3, &random) { example.variables["AWS_SECRET_ACCESS_KEY"] = "env" }
        if chance(2, &random) { example.variables["AWS_SESSION_TOKEN"] = "tenv" }
        if chance(4, &random) {
            example.variables["AWS_PROFILE"] = ["default", "a", "two words", "absent"].randomElement(using: &random)
        }
        let headers = [
            "[default]", "[services mine]", "[profile a]", "[profile default]", "[profile   'two words']", "[a]",
            "[profile 'a']",
        ].shuffled(using: &random)
        for header in headers where chance(5, &random) {
            example.config += header + "\n" + lines("C", &random)
        }
        for header in ["[default]", "[a]", "[two words]"] where chance(4, &random) {
            example.credentials += header + " ; rest\n" + lines("S", &random)
        }
        return example
    }

    @Test("the same credentials are found in 400 machines")
    func likeBotocore() async throws {
        var random = SeededRandom(seed: 2026)
        let cases = (0..<400).map { _ in Self.example(&random) }
        let expected = try JSONDecoder().decode(
            [String].self,
            from: try Python.run(Self.oracle, input: JSONEncoder().encode(cases))
        )
        #expect(expected.count == cases.count)
        #expect(Set(expected).count > 10, "the cases must not be all alike")
        for (example, answer) in zip(cases, expected) {
            let own = try await Self.own(example)
            #expect(own == answer, "\(example)")
        }
    }

    private static func own(_ example: Case) async throws -> String {
        let machine = try CredentialChainTests.Machine(
            config: example.config,
            credentials: example.credentials,
            example.variables
        )
        do throws(Diagnostic) {
            let found = try await CredentialChain(machine.surroundings).credentials()
            let token = found.sessionToken?.exposedText ?? "-"
            return [found.accessKeyID, found.secretAccessKey.exposedText, token].joined(separator: " ")
        } catch {
            return error.id == .awsCredentialsMissing && !error.text.contains("no profile") ? "none" : "error"
        }
    }
}
