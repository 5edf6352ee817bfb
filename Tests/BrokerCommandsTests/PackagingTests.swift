import Foundation
import InjectTesting
import Testing

/// What is packaged, held against the programs that will read it; `make image-check` builds the image and runs it.
@Suite("packaging")
struct PackagingTests {
    private static func path(_ name: String) -> String {
        PackageFolder.root.appendingPathComponent("packaging/" + name).path
    }

    private static func run(_ program: URL, _ arguments: [String]) throws -> CommandResult {
        try CommandRunner(executable: program, in: PackageFolder.root, environment: ["PATH": "/usr/sbin:/usr/bin:/bin"])
            .run(arguments)
    }

    @Test("the Dockerfile is one that hadolint has nothing to say about")
    func dockerfile() throws {
        let result = try Self.run(Python.program("hadolint"), [Self.path("Dockerfile")])
        #expect(result == CommandResult(status: 0, output: ""))
    }

    @Test("the image has a library's package for each library that the program loads, and another account than root")
    func image() throws {
        let stage = try #require(
            PackageFolder.text(of: "packaging/Dockerfile").components(separatedBy: "\nFROM ").last)
        #expect(stage.contains("\nUSER 65532:65532\n"))
        let program = try CommandRunner(product: "inject-broker", in: TemporaryFolder()).path
        let needed = try Self.run(URL(fileURLWithPath: "/usr/bin/readelf"), ["-d", program]).output
            .matches(of: /NEEDED.*\[(lib[^\]]+)\]/).map { String($0.1) }
            // The Swift run-time is inside the packaged one.
            .filter { !$0.contains(/^lib(swift|Foundation|_|dispatch|BlocksRuntime)/) }
        #expect(needed.contains("libpq.so.5"))
        for library in needed + ["libcurl.so.4", "libcrypto.so.3"] {
            let owner = try Self.run(URL(fileURLWithPath: "/usr/bin/dpkg"), ["-S", "*/" + library]).output
            // Later releases than the image's have the same package under a name of a transition.
            let package = String(try #require(owner.split(separator: ":").first)).replacing(/t64$/, with: "")
            let isBase = ["libc6", "libgcc-s1"].contains(package)
            #expect(
                isBase || stage.contains(" \(package) ") || stage.contains(" \(package)\n"), "\(library): \(package)")
        }
    }

    @Test("the compose file is one by the specification's schema, and its nodes run without rights on a read-only root")
    func compose() throws {
        let schema = ["--builtin-schema", "vendor.compose-spec", Self.path("compose/compose.yaml")]
        let result = try Self.run(Python.program("check-jsonschema"), schema)
        #expect(result.status == 0, "\(result)")
        let script = """
            import json, sys, yaml
            services = yaml.safe_load(open(sys.argv[1]))["services"]
            for name in ("broker-1", "broker-2"):
                node = services[name]
                print(name, node["user"], node["read_only"], node["cap_drop"], node["security_opt"])
            """
        let output = try Python.run(script, arguments: [Self.path("compose/compose.yaml")])
        #expect(
            String(decoding: output, as: UTF8.self) == """
                broker-1 65532:65532 True ['ALL'] ['no-new-privileges:true']
                broker-2 65532:65532 True ['ALL'] ['no-new-privileges:true']

                """)
    }

    @Test("the nodes of the compose file differ in their name alone, and the program takes their configuration")
    func nodes() throws {
        let texts = try ["1", "2"].map { number in
            try PackageFolder.text(of: "packaging/compose/broker-\(number).yaml")
                .replacing("broker-\(number)\n", with: "broker-N\n").replacing("Node \(number)", with: "Node N")
        }
        #expect(texts[0] == texts[1])
        let folder = try TemporaryFolder()
        let program = try CommandRunner(product: "inject-broker", in: folder)
        let result = try program.run(["check", "--config", Self.path("compose/broker-1.yaml")])
        // It fails for its files alone, which are not here.
        #expect(
            result.error.hasPrefix(
                "inject-broker: error[age-identity-malformed]: the age identities in `/run/secrets/age.txt`"))
    }

    @Test("HAProxy takes the front's configuration")
    func front() throws {
        let folder = try TemporaryFolder()
        let certificate = try TestCertificate(in: folder, name: "tls", for: "DNS:broker.example.com")
        let text = try PackageFolder.text(of: "packaging/compose/haproxy.cfg")
        let path = try folder.write("haproxy.cfg", text.replacing("/run/secrets/tls.pem", with: certificate.both))
        let result = try Self.run(URL(fileURLWithPath: "/usr/sbin/haproxy"), ["-c", "-q", "-f", path])
        #expect(result.status == 0, "\(result)")
    }

    @Test("systemd takes the unit, and finds it little exposed")
    func unit() throws {
        let systemd = URL(fileURLWithPath: "/usr/bin/systemd-analyze")
        guard FileManager.default.isExecutableFile(atPath: systemd.path) else {
            return print("packaging Test systemd skipped: there is no systemd-analyze")
        }
        let folder = try TemporaryFolder()
        let text = try PackageFolder.text(of: "packaging/inject-broker.service")
        let path = try folder.write(
            "inject-broker.service", text.replacing("/usr/local/bin/inject-broker", with: "/bin/true"))
        let verified = try Self.run(systemd, ["verify", "--man=no", path])
        #expect(verified == CommandResult(status: 0, output: ""))
        let exposure = try Self.run(systemd, ["security", "--offline=true", "--no-pager", "--threshold=11", path])
        #expect(exposure.status == 0, "\(exposure.output.suffix(200))")
    }
}
