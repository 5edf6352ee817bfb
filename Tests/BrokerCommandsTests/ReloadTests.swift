import Foundation
import HTTPTransport
import InjectTesting
import Testing

@Suite("inject-broker: reload")
struct ReloadTests {
    @Test("a changed policy is read without a signal, and so is a new one")
    func policies() async throws {
        let bench = try BrokerBench(extra: "reload: 1s")
        let changed = BrokerBench.policy(issuer: bench.issuer.url, ref: "refs/heads/release")
        try bench.folder.write("policies/acme/shop/inject.yaml", changed)
        try await bench.waits(for: "policies read")
        #expect(try await bench.exchange(bench.token()).error == "invalid_grant")
        #expect(try await bench.exchange(bench.token([("ref", #""refs/heads/release""#)])).status == 200)
        let other = changed.replacing("repository: acme/shop", with: "repository: acme/site")
        try bench.folder.write("policies/acme/site/inject.yaml", other)
        try bench.folder.write("policies/acme/site/api_key", "of the site")
        try await bench.waits(for: "policies read", 2)
        let claims = [("repository", #""acme/site""#), ("ref", #""refs/heads/release""#)]
        #expect(try await bench.exchange(bench.token(claims)).status == 200)
    }

    @Test("a changed baseline is read, and ends what it no longer allows")
    func baseline() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("baseline.yaml", "version: \"1\"\n")
        let bench = try BrokerBench(extra: "reload: 1s", baseline: path)
        let token = try await bench.accessToken()
        try folder.write("baseline.yaml", "version: \"1\"\ndeny: [{ id: stop, read: \"prod/**\" }]\n")
        try await bench.waits(for: "policies read")
        #expect(try await bench.fetch(token).status == 401)
        #expect(try await bench.exchange(bench.token()).error == "invalid_grant")
        try folder.write("baseline.yaml", "version: \"1\"\nassert: [{ id: x, never: {}, read: \"staging/**\" }]\n")
        try await bench.waits(for: "policies refused")
        #expect(try await bench.send(.get, "/readyz").status == 503)
        #expect(
            try bench.audit().last?.contains(#""event":"policies.loaded","outcome":"error","reason":"refused""#) == true
        )
    }

    @Test("a new certificate is shown to new connections, the open ones go on, and a bad one changes nothing")
    func certificate() async throws {
        let folder = try TemporaryFolder()
        let first = try TestCertificate(in: folder, name: "first", for: "IP:127.0.0.1")
        let second = try TestCertificate(in: folder, name: "second", for: "IP:127.0.0.1")
        for (from, to) in [(first.certificate, "tls.pem"), (first.key, "tls.key")] {
            try FileManager.default.copyItem(atPath: from, toPath: folder.path(to))
        }
        let bench = try BrokerBench(
            extra: "reload: 1s\ntls: { certificate: \(folder.path("tls.pem")), key: \(folder.path("tls.key")) }")
        let script = """
            import os, select, shutil, socket, ssl, sys
            port, one, two, two_key, tls, tls_key = sys.argv[1:]
            def connect(certificate):
                context = ssl.create_default_context(cafile=certificate)
                return context.wrap_socket(socket.create_connection(("127.0.0.1", int(port))), server_hostname="127.0.0.1")
            def ask(connection):
                connection.sendall(b"GET /healthz HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n")
                answer = b""
                while not answer.endswith(b"ok\\n"):
                    part = connection.recv(4096)
                    assert part, "hung up"
                    answer += part
                return answer.split(b" ")[1].decode()
            def put(source, target):
                shutil.copyfile(source, target + ".new")
                os.rename(target + ".new", target)
            def told(what):
                print(what, flush=True)
                # The broker hangs up on who is silent.
                while not select.select([sys.stdin], [], [], 0.2)[0]:
                    assert ask(old) == "200"
                assert sys.stdin.readline()
            old = connect(one)
            assert ask(old) == "200"
            put(two, tls)  # without its key
            told("mismatched")
            assert ask(old) == "200" and ask(connect(one)) == "200"
            put(two_key, tls_key)
            told("replaced")
            assert ask(old) == "200" and ask(connect(two)) == "200"
            try:
                connect(one)
                print("the first certificate is still shown", flush=True)
            except ssl.SSLCertVerificationError:
                print("good", flush=True)
            """
        let python = try Conversation(
            script,
            [
                "\(bench.broker.port)", first.certificate, second.certificate, second.key, folder.path("tls.pem"),
                folder.path("tls.key"),
            ])
        #expect(python.line() == "mismatched")
        try await bench.waits(for: "certificate refused")
        python.say("go on")
        #expect(python.line() == "replaced")
        try await bench.waits(for: "certificate read", 2)
        python.say("go on")
        #expect(python.line() == "good")
        let events = try bench.audit().filter { $0.contains("certificate.loaded") }
        #expect(events.count == 2 && events[0].contains(#""reason":"refused""#) && events[1].contains("success"))
        #expect(bench.broker.logged.contains(#""kind":"certificate-refused""#))
    }

    @Test("without looks only the signal reads, certificate and policies alike")
    func signal() async throws {
        let folder = try TemporaryFolder()
        let certificate = try TestCertificate(in: folder, name: "one", for: "IP:127.0.0.1")
        let bench = try BrokerBench(
            extra: "reload: 0s\ntls: { certificate: \(certificate.certificate), key: \(certificate.key) }")
        try await bench.reload(1)
        try await bench.waits(for: "certificate read")
        #expect(try bench.audit().contains { $0.contains(#""event":"certificate.loaded","outcome":"success""#) })
    }
}

extension BrokerBench {
    /// Waits until the log has said something so often.
    func waits(for message: String, _ count: Int = 1) async throws {
        try await says(#""message":"\#(message)""#, count)
    }

    /// Waits until the broker has written a text so many times.
    func says(_ text: String, _ count: Int = 1) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while broker.logged.components(separatedBy: text).count <= count {
            guard ContinuousClock.now < deadline else { throw BrokerProcess.Failure(description: broker.logged) }
            try await Task.sleep(for: .milliseconds(10))
        }
    }
}
