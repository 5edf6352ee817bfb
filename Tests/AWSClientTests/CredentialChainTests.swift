import Diagnostics
import Foundation
import HTTPTransport
import InjectTesting
import Secrets
import Synchronization
import Testing

@testable import AWSClient

@Suite("Credential chain")
struct CredentialChainTests {
    /// A home folder with the two files, and the variables of a process.
    struct Machine {
        let folder: TemporaryFolder
        var variables: [String: String] = ["AWS_EC2_METADATA_DISABLED": "true"]
        var code: @Sendable (String) -> DeviceCode = { _ in .unasked }
        var warn: @Sendable (String) -> Void = { _ in }
        /// Sessions of moto end an hour from the real time.
        var now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }

        init(config: String? = nil, credentials: String? = nil, _ variables: [String: String] = [:]) throws {
            folder = try TemporaryFolder()
            if let config { try folder.write("home/.aws/config", config) }
            if let credentials { try folder.write("home/.aws/credentials", credentials) }
            self.variables.merge(variables) { $1 }
            self.variables["HOME"] = folder.path("home")
        }

        var surroundings: CredentialSurroundings {
            let secrets = variables.compactMapValues { try? SecretBytes.of($0) }
            return CredentialSurroundings(
                environment: EnvironmentVariables(text: variables, secrets: secrets),
                http: CurlClient(),
                outside: .init(
                    now: now, clock: RetryClock(milliseconds: { 0 }, sleep: { _ in }, chance: { 0 })),
                warn: warn,
                code: code
            )
        }

        func credentials() async throws -> [String?] {
            let found = try await CredentialChain(surroundings).credentials()
            return [found.accessKeyID, found.secretAccessKey.exposedText, found.sessionToken?.exposedText]
        }

        func failure() async throws -> Diagnostic {
            try #require(await #expect(throws: Diagnostic.self) { try await credentials() })
        }
    }

    @Test("places are asked in AWS's order: variables first, then the profile")
    func order() async throws {
        let keys = ["AWS_ACCESS_KEY_ID": "AKENV", "AWS_SECRET_ACCESS_KEY": "env", "AWS_SESSION_TOKEN": "token"]
        let files = """
            [default]
            aws_access_key_id = AKDEFAULT
            aws_secret_access_key = default=with:signs #and more
            [other]
            aws_access_key_id = AKOTHER
            aws_secret_access_key = other
            aws_session_token = session
            """
        #expect(try await Machine(credentials: files, keys).credentials() == ["AKENV", "env", "token"])
        let plain = try Machine(credentials: files)
        #expect(try await plain.credentials() == ["AKDEFAULT", "default=with:signs #and more", nil])
        let both = try Machine(credentials: files, keys.merging(["AWS_PROFILE": "other"]) { $1 })
        #expect(try await both.credentials() == ["AKENV", "env", "token"])
        let named = try Machine(credentials: files, ["AWS_PROFILE": "other"])
        #expect(try await named.credentials() == ["AKOTHER", "other", "session"])
    }

    @Test("a program's credentials are read, with its arguments split as a shell does")
    func process() async throws {
        let machine = try Machine()
        let script = try machine.folder.write(
            "print it.sh",
            #"printf '{"Version":1,"AccessKeyId":"AK%s","SecretAccessKey":"s\\u0022","SessionToken":"t"}' "$1""#
        )
        try machine.folder.write(
            "home/.aws/config",
            #"""
            [default]
            credential_process = /bin/sh "\#(script)" 'A B'
            """#
        )
        #expect(try await machine.failure().text.contains("`AccessKeyId`"))
        try machine.folder.write("home/.aws/config", "[default]\ncredential_process = /bin/sh '\(script)' ok")
        #expect(try await machine.credentials() == ["AKok", "s\"", "t"])
    }

    @Test(
        "a program that fails is named with its place, and what it printed is not",
        arguments: [
            ("sh -c 'exit 3'", "ended with 3"), ("/nowhere/program", "does not start: No such file"),
            ("sh -c 'echo sk_live_1'", "no JSON object"), ("sh -c 'echo {}'", "another version"),
            ("sh 'x", "quotation"),
            ("sh -c 'kill -9 $$'", "ended with 137"), ("sh -c 'yes sk_live_1'", "cannot be read"),
            (#"echo '{"Version":1,"AccessKeyId":"A","SecretAccessKey":"sk_live_1","Expiration":"soon"}'"#, "no moment"),
        ]
    )
    func brokenProcess(command: String, reason: String) async throws {
        let error = try await Machine(config: "[default]\ncredential_process = \(command)\n").failure()
        #expect(error.text.contains(reason) && error.text.contains("config:2"), "\(error.text)")
        #expect(!error.text.contains("sk_live_1"))
    }

    @Test("credentials that have ended are refused with their end, wherever they come from")
    func expired() async throws {
        let json = #"{"Version":1,"AccessKeyId":"AK","SecretAccessKey":"s","Expiration":"2026-08-17T20:53:20Z"}"#
        var process = try Machine(config: "[default]\ncredential_process = echo '\(json)'\n")
        let server = try LoopbackServer { _ in .text(json) }
        var container = try Machine(["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url])
        process.now = { 1_787_000_000 }
        container.now = { 1_787_000_000 }
        for machine in [process, container] {
            #expect(
                try await machine.failure().text == """
                    inject: error[aws-credentials-unusable]: the credentials `AK` expired at 2026-08-17T20:53:20Z
                      = help: log in again, or renew them where they come from; if they are new, set this machine's clock

                    """
            )
        }
        process.now = { 1_786_999_999 }
        #expect(try await process.credentials() == ["AK", "s", nil])
    }

    @Test(
        "a variable with a line break is named, and its value is not shown",
        arguments: ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]
    )
    func lineBreak(name: String) async throws {
        let variables = ["AWS_ACCESS_KEY_ID": "AK", "AWS_SECRET_ACCESS_KEY": "key", "AWS_SESSION_TOKEN": "token"]
        let machine = try Machine(variables.merging([name: "sk_live_1\n"]) { $1 })
        #expect(
            try await machine.failure().text == """
                inject: error[aws-credentials-unusable]: `\(name)` has a line break or another control character
                  = help: set it without: `export \(name)="$(cat FILE)"` leaves the last line break out

                """
        )
    }

    @Test(
        "a role that cannot be taken on says whether STS refused, or was not reached",
        arguments: [
            ("AccessDenied", "AWS does not let profile `default` become `ROLE`", "may `sts:AssumeRole`"),
            ("ExpiredToken", "AWS does not let profile `default` become `ROLE`", "log in again"),
            ("SignatureDoesNotMatch", "AWS does not let profile `default` become `ROLE`", "this machine's clock"),
            ("", "there is no session of `ROLE`: STS could not be reached", "check the network and the region"),
            ("no XML", "there is no session of `ROLE`: STS did not answer as it should", "whether a proxy"),
        ]
    )
    func refusedRole(code: String, message: String, help: String) async throws {
        let role = "arn:aws:iam::123456789012:role/r"
        let body = "<ErrorResponse><Error><Code>\(code)</Code><Message>no</Message></Error></ErrorResponse>"
        let sts = try LoopbackServer { _ in
            code.isEmpty ? .hangUp : .text(code.contains(" ") ? code : body, status: 403)
        }
        let config = """
            [default]
            role_arn = \(role)
            source_profile = default
            aws_access_key_id = AKIAIOSFODNN7EXAMPLE
            aws_secret_access_key = secret
            """
        let error = try await Machine(config: config, ["AWS_ENDPOINT_URL": sts.url, "AWS_MAX_ATTEMPTS": "1"]).failure()
        #expect(error.id == .awsCredentialsUnusable && error.message == message.replacing("ROLE", with: role))
        #expect(error.text.contains("/config:2") && error.text.contains("  = help: "))
        #expect(error.text.contains(help), "\(error.text)")
    }

    @Test(
        "a role that STS does not even consider is not said to lack trust",
        arguments: [
            (503, "ServiceUnavailable", "", "STS did not answer as it should", "see health.aws.amazon.com"),
            (500, "InternalFailure", "", "STS did not answer as it should", "see health.aws.amazon.com"),
            (403, "RegionDisabledException", "", "STS is switched off in this region for the account", "`AWS_REGION`"),
            (400, "ValidationError", "", "STS finds the request wrong", "`duration_seconds`"),
            (
                403, "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code.",
                "STS does not accept the device's code", "`mfa_serial`"
            ),
        ]
    )
    func unconsideredRole(status: Int, code: String, words: String, reason: String, help: String) async throws {
        let role = "arn:aws:iam::123456789012:role/r"
        let body = "<ErrorResponse><Error><Code>\(code)</Code><Message>\(words)</Message></Error></ErrorResponse>"
        let sts = try LoopbackServer { _ in .text(body, status: status) }
        let config = """
            [default]
            role_arn = \(role)
            source_profile = default
            aws_access_key_id = AKIAIOSFODNN7EXAMPLE
            aws_secret_access_key = secret
            """
        let error = try await Machine(config: config, ["AWS_ENDPOINT_URL": sts.url, "AWS_MAX_ATTEMPTS": "1"]).failure()
        #expect(error.message == "there is no session of `\(role)`: \(reason)")
        guard case .help(let text) = error.remarks.last else {
            Issue.record("\(error.text)")
            return
        }
        #expect(text.contains(help), "\(text)")
    }

    @Test(
        "a token's file whose session is not given says what to mend",
        arguments: [
            ("ExpiredToken", "have a new token written into the file"),
            ("InvalidIdentityToken", "identity provider for the token's issuer"),
            ("", "STS could not be reached"),
        ]
    )
    func refusedToken(code: String, advice: String) async throws {
        let body = "<ErrorResponse><Error><Code>\(code)</Code><Message>no</Message></Error></ErrorResponse>"
        let sts = try LoopbackServer { _ in code.isEmpty ? .hangUp : .text(body, status: 400) }
        var machine = try Machine(["AWS_ENDPOINT_URL": sts.url, "AWS_MAX_ATTEMPTS": "1"])
        machine.variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = try machine.folder.write("token", "e30.e30.c2ln\n")
        machine.variables["AWS_ROLE_ARN"] = "arn:aws:iam::123456789012:role/r"
        let error = try await machine.failure()
        #expect(error.text.contains(advice) && error.text.contains("  = help: "), "\(error.text)")
    }

    @Test("a role is taken on with another profile's keys, through several profiles if need be")
    func roles() async throws {
        let moto = try MotoServer.shared.get()
        let config = """
            [default]
            role_arn = arn:aws:iam::123456789012:role/last
            source_profile = middle
            region = eu-west-1
            [profile middle]
            role_arn = arn:aws:iam::123456789012:role/first
            source_profile = keys
            external_id = shared & known
            [profile keys]
            aws_access_key_id = AKIAIOSFODNN7EXAMPLE
            aws_secret_access_key = secret
            """
        let found = try await Machine(config: config, ["AWS_ENDPOINT_URL": moto.url]).credentials()
        #expect(found[0]?.hasPrefix("ASIA") == true && found[2]?.isEmpty == false)
    }

    @Test("a role that wants a device's code gets it from the terminal, and a wrong one is not sent")
    func mfa() async throws {
        let sts = try LoopbackServer { _ in .text("", status: 500) }
        let config = """
            [default]
            role_arn = arn:aws:iam::123456789012:role/r
            source_profile = default
            mfa_serial = arn:aws:iam::123456789012:mfa/me
            aws_access_key_id = AKIAIOSFODNN7EXAMPLE
            aws_secret_access_key = secret
            """
        var machine = try Machine(config: config, ["AWS_ENDPOINT_URL": sts.url, "AWS_MAX_ATTEMPTS": "1"])
        #expect(try await machine.failure().text.contains("no terminal"))
        machine.code = { _ in .cancelled }
        #expect(try await machine.failure().text.contains("the question for it was cancelled"))
        machine.code = { _ in .typed("12345x") }
        #expect(try await machine.failure().text.contains("six digits"))
        #expect(sts.requests.isEmpty)
        let log = Log()
        machine.code = {
            log.add($0)
            return .typed("123456")
        }
        _ = try await machine.failure()
        let body = String(decoding: try #require(sts.requests.first).body, as: UTF8.self)
        #expect(body.contains("SerialNumber=arn%3Aaws%3Aiam%3A%3A123456789012%3Amfa%2Fme&TokenCode=123456"))
        #expect(log.lines == ["arn:aws:iam::123456789012:mfa/me"])
    }

    private final class Log: Sendable {
        private let all = Mutex<[String]>([])
        func add(_ line: String) { all.withLock { $0.append(line) } }
        var lines: [String] { all.withLock { $0 } }
    }

    @Test("a token in a file is exchanged, by variables or by a profile")
    func webIdentity() async throws {
        let moto = try MotoServer.shared.get()
        let byVariables = try Machine(["AWS_ENDPOINT_URL": moto.url])
        let file = try byVariables.folder.write("token", "e30.e30.c2ln\n")
        var machine = byVariables
        machine.variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = file
        #expect(try await machine.failure().text.contains("names a token's file and no role"))
        machine.variables["AWS_ROLE_ARN"] = "arn:aws:iam::123456789012:role/r"
        #expect(try await machine.credentials()[0]?.hasPrefix("ASIA") == true)
        machine.variables["AWS_WEB_IDENTITY_TOKEN_FILE"] = "/nowhere"
        #expect(try await machine.failure().text.contains("cannot be read: No such file"))
        let config = "[default]\nrole_arn = arn:aws:iam::123456789012:role/r\nweb_identity_token_file = \(file)\n"
        #expect(try await Machine(config: config, ["AWS_ENDPOINT_URL": moto.url]).credentials()[0] != nil)
    }

    static let answer = #"""
        {"Code":"Success","AccessKeyId":"ASIAX","SecretAccessKey":"s","Token":"t","Expiration":"2030-01-01T00:00:00Z"}
        """#

    @Test("a container's endpoint is asked with its token, and only where nobody else can listen")
    func container() async throws {
        let server = try LoopbackServer { request in
            request.header("authorization") == "pod token" ? .text(Self.answer) : .text("", status: 401)
        }
        var machine = try Machine(["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url + "/v1/credentials"])
        #expect(try await machine.failure().text.contains("the endpoint says 401"))
        machine.variables["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = try machine.folder.write("token", "pod token")
        #expect(try await machine.credentials() == ["ASIAX", "s", "t"])
        for url in ["http://example.com/x", "http://169.254.1.1/", "ftp://127.0.0.1/", "x"] {
            machine.variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = url
            #expect(try await machine.failure().id == .awsCredentialsUnusable)
        }
    }

    @Test("a machine's role is asked for with a token alone, and not where it is forbidden")
    func instance() async throws {
        let server = try LoopbackServer { request in
            let isAuthorized = request.header("x-aws-ec2-metadata-token") == "imds"
            switch (request.method, request.path) {
            case ("PUT", "/latest/api/token"):
                return request.header("x-aws-ec2-metadata-token-ttl-seconds") == "21600"
                    ? .text("imds") : .text("", status: 400)
            case ("GET", "/latest/meta-data/iam/security-credentials/") where isAuthorized: return .text("my%role\n")
            case ("GET", "/latest/meta-data/iam/security-credentials/my%25role") where isAuthorized:
                return .text(Self.answer)
            default: return .text("", status: 401)
            }
        }
        let variables = ["AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url + "/", "AWS_EC2_METADATA_DISABLED": "false"]
        var machine = try Machine(variables)
        #expect(try await machine.credentials() == ["ASIAX", "s", "t"])
        #expect(server.requests.count == 3)
        machine.variables["AWS_EC2_METADATA_DISABLED"] = "true"
        #expect(try await machine.failure().id == .awsCredentialsMissing)
        machine.variables["AWS_EC2_METADATA_DISABLED"] = "false"
        machine.variables["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "http://example.com"
        #expect(try await machine.failure().id == .awsCredentialsUnusable)
        #expect(server.requests.count == 3)
    }

    @Test("a session is kept until shortly before its end")
    func kept() async throws {
        let server = try LoopbackServer { _ in .text(Self.answer) }
        let clock = FakeClock(1_893_456_000 - 1000)
        var machine = try Machine(["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url])
        machine.now = { clock.now }
        let chain = CredentialChain(machine.surroundings)
        _ = try await chain.credentials()
        _ = try await chain.credentials()
        #expect(server.requests.count == 1)
        clock.advance(701)
        _ = try await chain.credentials()
        #expect(server.requests.count == 2)
    }

    @Test("a session that cannot be renewed is used up to its end")
    func unrenewed() async throws {
        let isDown = Mutex(false)
        let server = try LoopbackServer { _ in
            isDown.withLock(\.self) ? .text("", status: 401) : .text(Self.answer)
        }
        let clock = FakeClock(1_893_456_000 - 1000)
        var machine = try Machine(["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url])
        machine.now = { clock.now }
        let chain = CredentialChain(machine.surroundings)
        _ = try await chain.credentials()
        isDown.withLock { $0 = true }
        clock.advance(999)
        #expect(try await chain.credentials().accessKeyID == "ASIAX")
        #expect(server.requests.count == 2)
        clock.advance(1)
        await #expect(throws: Diagnostic.self) { try await chain.credentials() }
    }

    @Test(
        "a container's endpoint that cannot answer just then is asked three times",
        arguments: [
            ([503, 429], "", 3), ([500, 502, 503], "the endpoint says 503", 3), ([404], "the endpoint says 404", 1),
        ]
    )
    func busyContainer(statuses: [Int], failure: String, count: Int) async throws {
        let rest = Mutex(statuses)
        let server = try LoopbackServer { _ in
            let status = rest.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            return status.map { .text("", status: $0) } ?? .text(Self.answer)
        }
        let machine = try Machine(["AWS_CONTAINER_CREDENTIALS_FULL_URI": server.url])
        if failure.isEmpty {
            #expect(try await machine.credentials() == ["ASIAX", "s", "t"])
        } else {
            #expect(try await machine.failure().message == "the container's credentials: \(failure)")
        }
        #expect(server.requests.count == count)
    }

    @Test("a machine's credentials that have ended are used while there are no newer ones, and that is told")
    func outage() async throws {
        let server = try LoopbackServer { request in
            switch (request.method, request.path) {
            case ("PUT", _): .text("imds")
            case (_, "/latest/meta-data/iam/security-credentials/"): .text("role")
            default: .text(Self.answer)
            }
        }
        let variables = ["AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url, "AWS_EC2_METADATA_DISABLED": "false"]
        var machine = try Machine(variables)
        machine.now = { 1_893_456_000 }
        let log = Log()
        machine.warn = { log.add($0) }
        let found = try await CredentialChain(machine.surroundings).credentials()
        #expect(found.accessKeyID == "ASIAX" && found.expiration == 1_893_456_600)
        #expect(
            log.lines == [
                "the metadata service has no newer credentials than those that ended at 2030-01-01T00:00:00Z, which are used"
            ]
        )
    }

    @Test("a metadata service that cannot answer just then is no missing one", arguments: ["PUT", "GET"])
    func busyInstance(method: String) async throws {
        let server = try LoopbackServer { request in
            request.method == method ? .text("", status: 503) : .text("imds")
        }
        let variables = ["AWS_EC2_METADATA_SERVICE_ENDPOINT": server.url, "AWS_EC2_METADATA_DISABLED": "false"]
        #expect(
            try await Machine(variables).failure().text == """
                inject: error[aws-credentials-unusable]: the metadata service of this machine says 503
                  = help: try again: it cannot answer just now

                """
        )
    }

    @Test("where there are none, every place that was looked at is named")
    func missing() async throws {
        #expect(
            try await Machine().failure().text == """
                inject: error[aws-credentials-missing]: there are no AWS credentials
                  = note: looked at AWS_ACCESS_KEY_ID, profile `default` (which is not there), AWS_WEB_IDENTITY_TOKEN_FILE, \
                AWS_CONTAINER_CREDENTIALS_FULL_URI and the metadata service of this machine
                  = help: set `AWS_PROFILE`, or log in as you do for `aws`; in CI, use an `exchange`

                """
        )
        let identityCenter = try Machine(
            config: "[profile x]\nsso_start_url = https://x.awsapps.com/start\n", ["AWS_PROFILE": "x"])
        #expect(try await identityCenter.failure().text.contains("aws configure export-credentials --profile x"))
        let source = try Machine(
            config: """
                [default]
                role_arn = arn:aws:iam::123456789012:role/r
                source_profile = x
                [profile x]
                sso_session = mine
                """
        )
        #expect(try await source.failure().text.contains("aws configure export-credentials --profile x"))
        #expect(try await Machine(["AWS_PROFILE": "nope"]).failure().text.contains("no profile `nope`"))
    }

    @Test(
        "a profile that cannot be used says why and where",
        arguments: [
            ("role_arn = arn:aws:iam::123456789012:role/r", "nothing to become it with"),
            ("role_arn = x\nsource_profile = default", "leads back to itself"),
            ("role_arn = x\nsource_profile = other", "which is not there"),
            ("role_arn = x\nsource_profile = a\ncredential_source = Environment", "both"),
            ("role_arn = x\ncredential_source = Environment", "no credentials here"),
            ("role_arn = x\ncredential_source = Moon", "unknown `credential_source`"),
            ("aws_access_key_id = AK", "`aws_access_key_id` alone"),
            ("aws_access_key_id = AK\naws_secret_access_key =\n  a\n  b", "several lines"),
            ("no delimiter", "neither a section"), ("a = 1\nA = 2", "repeats a name"),
            ("[default]", "repeats a section"),
        ]
    )
    func unusable(lines: String, reason: String) async throws {
        let error = try await Machine(config: "[default]\n\(lines)\n").failure()
        #expect(error.text.contains(reason) && error.text.contains("/config:"), "\(error.text)")
    }

    @Test(
        "an indented line belongs to the value above it, whatever it looks like",
        arguments: [
            "s3 =\n  endpoint_url = https://a\ndynamodb =\n  endpoint_url = https://b",
            "s3 =\n  region = us-east-1\n  role_arn = x\n\n  # and\n  credential_process = sh -c 'exit 3'",
            "s3 =\n  [profile x]\n  aws_access_key_id = OTHER", "  s3 =\n    no delimiter",
        ]
    )
    func nested(lines: String) async throws {
        let keys = "aws_access_key_id = AK\naws_secret_access_key = key\nregion = eu-west-1\n"
        let indent = lines.prefix { $0 == " " }
        let config = "[default]\n\(lines)\n" + keys.split(separator: "\n").map { indent + $0 }.joined(separator: "\n")
        let machine = try Machine(config: config + "\n[services mine]\n\(lines)\n")
        #expect(try await machine.credentials() == ["AK", "key", nil])
        #expect(try CredentialChain.region(machine.surroundings) == "eu-west-1")
    }

    @Test("of two spellings of one profile the last one is it")
    func spellings() async throws {
        let headers = ["[default]", "[profile default]"]
        for (first, last) in [(headers[0], headers[1]), (headers[1], headers[0])] {
            let config = "\(first)\naws_access_key_id = FIRST\naws_secret_access_key = a\nregion = eu-west-1\n"
            let machine = try Machine(config: config + "\(last)\naws_access_key_id = LAST\naws_secret_access_key = b\n")
            #expect(try await machine.credentials() == ["LAST", "b", nil])
            #expect(try CredentialChain.region(machine.surroundings) == nil)
        }
    }

    @Test("sections that lead in a circle are found, however long it is")
    func circle() async throws {
        let config = (0..<5).map { index in
            "[profile p\(index)]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = p\((index + 1) % 5)\n"
        }.joined()
        #expect(try await Machine(config: config, ["AWS_PROFILE": "p0"]).failure().text.contains("leads back"))
    }
}
