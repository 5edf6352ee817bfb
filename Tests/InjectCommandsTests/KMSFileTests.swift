import Foundation
import InjectTesting
import Testing

@Suite("Encrypted files whose data key KMS wraps")
struct KMSFileTests {
    private static let secrets = """
        API_KEY: { from: "encrypted:secrets.yaml#API_KEY" }
        URL: { from: "encrypted:secrets.yaml#database.url" }
        """

    private static let developer = ["AWS_ACCESS_KEY_ID": "seed", "AWS_SECRET_ACCESS_KEY": "seed"]

    private let job: AWSWorkplace
    private let key: String

    init() throws {
        job = try AWSWorkplace(secrets: Self.secrets)
        key = try job.moto.seed("result = kms.create_key()['KeyMetadata']['Arn']")
    }

    private func sops(_ arguments: String...) throws -> String {
        let runner = CommandRunner(
            executable: try Python.program("sops"),
            in: job.workplace.folder.url,
            environment: Self.developer.merging([
                "PATH": "/usr/bin:/bin", "HOME": job.workplace.folder.path("home"), "LC_ALL": "C.UTF-8",
                "AWS_ENDPOINT_URL": job.moto.url,
            ]) { $1 }
        )
        let result = try runner.run(arguments)
        try #require(result.status == 0, "\(result.error)")
        return result.output
    }

    private func secrets(_ arguments: String..., input: String = "") throws -> CommandResult {
        try job.workplace.inject.run(
            ["secrets"] + arguments,
            environment: Self.developer.merging(["AWS_ENDPOINT_URL": job.moto.url]) { $1 },
            input: Array(input.utf8)
        )
    }

    @Test("another maker's sops and inject edit the same file, one after the other")
    func together() throws {
        try job.workplace.folder.write("plain.yaml", "database:\n  url: postgres://h2\nother: text\n")
        try job.workplace.folder.write("secrets.yaml", sops("-e", "--kms", key, "plain.yaml"))
        #expect(try secrets("get", "database.url", "--file", "secrets.yaml").output == "postgres://h2")
        let set = try secrets("set", "API_KEY", "--file", "secrets.yaml", input: "sk_live_4242")
        #expect(set == CommandResult(status: 0, output: "", error: ""))
        #expect(try secrets("rekey", "--file", "secrets.yaml").status == 0)
        #expect(try secrets("rm", "other", "--file", "secrets.yaml").status == 0)
        let plain = try sops("-d", "--output-type", "json", "secrets.yaml")
        let json = try #require(JSONSerialization.jsonObject(with: Data(plain.utf8)) as? [String: Any])
        #expect(json["API_KEY"] as? String == "sk_live_4242" && json["other"] == nil)
        #expect((json["database"] as? [String: String]) == ["url": "postgres://h2"])
    }

    @Test("a job's session may unwrap with the file's own key and do nothing else")
    func exchange() throws {
        try job.workplace.folder.write("plain.yaml", "API_KEY: sk_live_4242\ndatabase:\n  url: postgres://h2\n")
        try job.workplace.folder.write("secrets.yaml", sops("-e", "--kms", key, "plain.yaml"))
        try job.moto.startRecording()
        let result = try job.run("--", "sh", "-c", "echo $API_KEY $URL")
        #expect(result.status == 0 && result.output.hasSuffix("*** ***\n"), "\(result.error)")
        let requests = try job.moto.recordedRequests()
        #expect(requests.map(\.operation) == ["AssumeRoleWithWebIdentity", "Decrypt"])
        let policy = try #require(requests[0].body.firstMatch(of: /Policy=([^&]+)/)).1.removingPercentEncoding
        #expect(
            policy
                == #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:Decrypt","Resource":"\#(key)"}]}"#
        )
    }

    @Test("a file that an age identity opens as well asks AWS for nothing")
    func ageToo() throws {
        let program = URL(fileURLWithPath: "/usr/bin/age-keygen")
        let age = CommandRunner(executable: program, in: job.workplace.folder.url, environment: ["PATH": "/usr/bin"])
        let identity = try age.run([]).output
        let recipient = try #require(identity.firstMatch(of: /public key: (age1\S+)/)).1.description
        let alias = key.replacing(/key\/.*/, with: "alias/shop")
        try job.moto.seed("kms.create_alias(AliasName='alias/shop', TargetKeyId='\(key)')")
        let file = ["--file", "secrets.yaml"]
        let set = try secrets(
            "set", "API_KEY", file[0], file[1], "--recipient", recipient, "--recipient", alias, input: "sk_live_4242")
        #expect(set == CommandResult(status: 0, output: "", error: ""))
        let aws = try LoopbackServer { _ in .hangUp }
        let variables = ["SOPS_AGE_KEY": identity, "AWS_ENDPOINT_URL": aws.url]
        let result = try job.run("--only", "API_KEY", "--", "sh", "-c", "echo $API_KEY", environment: variables)
        #expect(result.status == 0 && result.output.hasSuffix("***\n"), "\(result.error)")
        #expect(aws.requests.isEmpty)
    }

    @Test("a value that was cut out of another one is handed out to nobody")
    func cut() throws {
        try job.workplace.folder.write(
            "plain.yaml", "database:\n  url: postgres://h2\nhome_unencrypted: https://example.com/evil\n")
        let whole = try sops("-e", "--kms", key, "plain.yaml")
        let changed = whole.replacing("https://example.com/evil", with: "https://example.com/\nAPI_KEY: evil")
        #expect(changed != whole)
        try job.workplace.folder.write("secrets.yaml", changed)
        #expect(try secrets("get", "database.url", "--file", "secrets.yaml").output == "postgres://h2")
        #expect(
            try secrets("get", "API_KEY", "--file", "secrets.yaml")
                == CommandResult(
                    status: 2,
                    output: "",
                    error: """
                        error[encrypted-file-refused]: `API_KEY` stands readable in `secrets.yaml`, and nobody vouches for its name
                          --> secrets.yaml
                          = help: set it under a name that is encrypted there: inject secrets set NAME --file secrets.yaml

                        """))
        let result = try job.run("--", "touch", "started")
        #expect(result.status == 125 && result.error.contains("`API_KEY` stands readable"), "\(result.error)")
        #expect(!FileManager.default.fileExists(atPath: job.workplace.folder.path("started")))
    }

    @Test("a file says what KMS has to be told again, and keeps it until it is given another")
    func context() throws {
        let set = try secrets(
            "set", "API_KEY", "--file", "secrets.yaml", "--recipient", key, "--encryption-context",
            "repository=acme/shop",
            "--encryption-context", "team=a=b", input: "sk_live_4242")
        #expect(set == CommandResult(status: 0, output: "", error: ""))
        #expect(try sops("-d", "--extract", #"["API_KEY"]"#, "secrets.yaml") == "sk_live_4242")
        let context = { try contextOfFile() }
        #expect(try context() == ["repository": "acme/shop", "team": "a=b"])
        #expect(try secrets("rekey", "--file", "secrets.yaml").status == 0)
        #expect(try context() == ["repository": "acme/shop", "team": "a=b"])
        let other = ["--encryption-context", "repository=acme/other"]
        #expect(try secrets("rekey", "--file", "secrets.yaml", other[0], other[1]).status == 0)
        #expect(try context() == ["repository": "acme/other"])
        #expect(try secrets("get", "API_KEY", "--file", "secrets.yaml").output == "sk_live_4242")
    }

    @Test("one key under two contexts keeps both")
    func twoContexts() throws {
        let file = ["--file", "secrets.json"]
        let set = try secrets(
            "set", "API_KEY", file[0], file[1], "--recipient", key, "--encryption-context", "team=a", input: "x")
        #expect(set.status == 0, "\(set.error)")
        var (content, entries) = try entriesOfFile()
        let blob = try #require(entries[0]["enc"] as? String)
        let other = try job.moto.seed(
            """
            import base64
            blob = base64.b64decode("\(blob)")
            plain = kms.decrypt(CiphertextBlob=blob, EncryptionContext={"team": "a"})["Plaintext"]
            blob = kms.encrypt(KeyId="\(key)", Plaintext=plain, EncryptionContext={"team": "b"})["CiphertextBlob"]
            result = base64.b64encode(blob).decode()
            """
        )
        entries.append(entries[0].merging(["enc": other, "context": ["team": "b"]]) { $1 })
        var part = try #require(content["sops"] as? [String: Any])
        part["kms"] = entries
        content["sops"] = part
        let text = try JSONSerialization.data(withJSONObject: content)
        try job.workplace.folder.write("secrets.json", String(decoding: text, as: UTF8.self))
        let rekeyed = try secrets("rekey", file[0], file[1])
        #expect(rekeyed == CommandResult(status: 0, output: "", error: ""))
        let contexts = try entriesOfFile().entries.map { $0["context"] as? [String: String] }
        #expect(contexts == [["team": "a"], ["team": "b"]])
        #expect(try secrets("get", "API_KEY", file[0], file[1]).output == "x")
    }

    private func entriesOfFile() throws -> (content: [String: Any], entries: [[String: Any]]) {
        let text = try Data(contentsOf: URL(fileURLWithPath: job.workplace.folder.path("secrets.json")))
        let content = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
        let part = try #require(content["sops"] as? [String: Any])
        return (content, try #require(part["kms"] as? [[String: Any]]))
    }

    private func contextOfFile() throws -> [String: String]? {
        let script =
            "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))['sops']['kms'][0]['context']))"
        let output = try Python.run(script, arguments: [job.workplace.folder.path("secrets.yaml")])
        return try JSONSerialization.jsonObject(with: output) as? [String: String]
    }

    @Test(
        "what is no context is refused before anything is written",
        arguments: [
            (["repository"], "`repository` is no encryption context"), (["=x"], "`=x` is no encryption context"),
            (["a="], "`a=` is no encryption context"), (["a=b", "a=c"], "names `a` twice"),
        ])
    func badContext(pairs: [String], message: String) throws {
        let more = pairs.flatMap { ["--encryption-context", $0] }
        let result = try job.workplace.inject.run(
            ["secrets", "set", "X", "--file", "secrets.yaml", "--recipient", key] + more, input: Array("x".utf8))
        #expect(result.status == 2 && result.error.contains(message), "\(result.error)")
        #expect(!FileManager.default.fileExists(atPath: job.workplace.folder.path("secrets.yaml")))
    }

    @Test("age has nothing that could ask for a context")
    func ageContext() throws {
        let result = try secrets(
            "set", "X", "--file", "secrets.yaml", "--recipient", "age1x", "--encryption-context", "a=b", input: "x")
        #expect(
            result
                == CommandResult(
                    status: 2,
                    error: """
                        inject: error[usage]: there is an encryption context, and no key of KMS that could ask for it
                          = help: name a key: `--recipient arn:aws:kms:REGION:ACCOUNT:key/ID`, or leave the context out

                        """))
    }

    @Test("a key that may not be used is one diagnostic, and the command does not start")
    func denied() throws {
        try job.workplace.folder.write("plain.yaml", "API_KEY: x\ndatabase:\n  url: y\n")
        try job.workplace.folder.write("secrets.yaml", sops("-e", "--kms", key, "plain.yaml"))
        let kms = try LoopbackServer { _ in
            .text(
                #"{"__type":"AccessDeniedException","Message":"not authorized to perform: kms:Decrypt"}"#, status: 400)
        }
        let result = try job.run("--", "touch", "started", environment: ["AWS_ENDPOINT_URL_KMS": kms.url])
        #expect(result.status == 125 && result.output == "")
        #expect(!FileManager.default.fileExists(atPath: job.workplace.folder.path("started")))
        #expect(result.error.contains("not authorized to perform: kms:Decrypt"), "\(result.error)")
        #expect(result.error.contains("nobody here can decrypt `secrets.yaml`"))
    }
}
