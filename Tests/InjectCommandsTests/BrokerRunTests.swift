import Foundation
import InjectTesting
import Synchronization
import Testing

/// Against the fake broker, which is ours: the wire contract is proved by the real server.
@Suite("inject run with a broker")
struct BrokerRunTests {
    private static let whole = ["POST /v1/token", "POST /v1/secrets", "POST /v1/revoke"]

    @Test("one token, one exchange, one fetch and one revocation, over one connection, before the command starts")
    func mainPath() throws {
        let job = try BrokerWorkplace()
        let started = job.workplace.folder.path("started")
        let wasEarly = Mutex(false)
        job.broker.follow { request, _ in
            if request.path == "/v1/revoke", !FileManager.default.fileExists(atPath: started) {
                wasEarly.withLock { $0 = true }
            }
            return nil
        }
        let result = try job.run("-q", "--", "sh", "-c", "touch started; echo $DATABASE_URL; cat $TLS_KEY_FILE")
        #expect(result == CommandResult(status: 0, output: "***\n***"))
        #expect(job.broker.calls == Self.whole)
        #expect(job.broker.server.acceptCount == 1)
        #expect(job.tokens.server.requests.count == 1)
        #expect(job.tokens.server.requests[0].query("audience")?.removingPercentEncoding == job.broker.url)
        #expect(job.broker.liveTokens == [])
        #expect(wasEarly.withLock { $0 })
    }

    @Test("the connection is opened while the job's token is on its way")
    func early() throws {
        let connected = Gate(count: 2)
        let job = try BrokerWorkplace(
            onAccept: { connected.arriveAndWait() }, onToken: { connected.arriveAndWait() })
        let result = try job.run("-q", "--", "true")
        #expect(result == CommandResult(status: 0))
        #expect(job.broker.server.acceptCount == 1)
    }

    @Test("the token is for whom the policy says, and a broker that is somebody else refuses it")
    func audience() throws {
        let job = try BrokerWorkplace()
        let path = job.workplace.folder.path("inject.yaml")
        let policy = try String(contentsOfFile: path, encoding: .utf8)
        try job.workplace.folder.write(
            "inject.yaml", policy.replacing("broker: \"", with: "audience: inject, broker: \""))
        let result = try job.run("-q", "--", "true")
        #expect(job.tokens.server.requests[0].query("audience") == "inject")
        #expect(result.status == 125)
        #expect(
            result.error.contains("= note: POST /v1/token answered invalid_grant: the token is for somebody else\n"),
            "\(result.error)"
        )
    }

    @Test("where the claims lead to one environment of several, its broker gets a token of its own")
    func severalEnvironments() throws {
        let job = try BrokerWorkplace()
        let path = job.workplace.folder.path("inject.yaml")
        let policy = try String(contentsOfFile: path, encoding: .utf8)
        let other = """
              other:
                exchange: { broker: "https://broker.example" }
                secrets: { KEY: { from: "aws-sm:k" } }
                grants: [{ id: other, when: { event_name: release }, read: KEY }]

            """
        try job.workplace.folder.write("inject.yaml", policy + other)
        #expect(try job.run("-q", "--", "true") == CommandResult(status: 0))
        let audiences = job.tokens.server.requests.map { $0.query("audience")?.removingPercentEncoding }
        #expect(audiences == ["inject", job.broker.url])
        #expect(job.broker.calls == Self.whole)
    }

    @Test("both tokens are masked, the broker's though it is good for nothing any more")
    func masked() throws {
        let job = try BrokerWorkplace()
        let result = try job.run("--", "echo", "inj_fake-token-number-1")
        #expect(
            result
                == CommandResult(
                    status: 0,
                    output: "***\n",
                    error: """
                        ::warning title=secret-masked::broker token was printed once on stdout, first in line 1, as literal%0A\
                        help: keep the command from printing it

                        """
                )
        )
    }

    @Test("only what is wanted is asked for")
    func only() throws {
        let job = try BrokerWorkplace()
        let result = try job.run("-q", "--only", "DATABASE_URL", "--", "sh", "-c", "echo ${TLS_KEY_FILE-nothing}")
        #expect(result == CommandResult(status: 0, output: "nothing\n"))
        let form = String(decoding: job.broker.server.requests[0].body, as: UTF8.self)
        #expect(form.contains("&scope=staging%2FDATABASE_URL&"))
    }

    // MARK: - Ways out

    struct Way: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let command: [String]
        let status: Int32
    }

    @Test(
        "however the command ends, the token has ended before",
        arguments: [
            Way(testDescription: "an exit code", command: ["sh", "-c", "exit 3"], status: 3),
            Way(testDescription: "a signal", command: ["sh", "-c", "kill -9 $$"], status: 137),
            Way(testDescription: "no such command", command: ["no-such-command"], status: 127),
            Way(testDescription: "no program", command: ["/etc/passwd"], status: 126),
        ]
    )
    func ends(way: Way) throws {
        let job = try BrokerWorkplace()
        let arguments = ["-q", "--"] + way.command
        let result = try job.workplace.inject.run(arguments, environment: job.environment)
        #expect(result.status == way.status)
        #expect(job.broker.calls == Self.whole && job.broker.liveTokens == [])
    }

    @Test("a signal ends inject only after the token", arguments: [SIGINT, SIGTERM, SIGHUP])
    func signal(signal: Int32) throws {
        let job = try BrokerWorkplace()
        let folder = job.workplace.folder.url.path
        job.broker.follow { request, _ in
            guard request.path == "/v1/secrets", let pid = BrokerWorkplace.pid(in: folder) else { return nil }
            kill(pid, signal)
            return .silence
        }
        let result = try job.runLeavingPID("-q -- touch started")
        #expect(result == CommandResult(status: 128 + signal))
        #expect(job.broker.calls == Self.whole && job.broker.liveTokens == [])
        #expect(!FileManager.default.fileExists(atPath: folder + "/started"))
    }

    @Test("a token that comes after the signal is revoked as well")
    func lateToken() throws {
        let job = try BrokerWorkplace()
        let folder = job.workplace.folder.url.path
        job.broker.follow { request, _ in
            if request.path == "/v1/token", let pid = BrokerWorkplace.pid(in: folder) { kill(pid, SIGTERM) }
            return nil
        }
        let result = try job.runLeavingPID("-q -- touch started")
        #expect(result == CommandResult(status: 128 + SIGTERM))
        #expect(job.broker.calls.last == "POST /v1/revoke" && job.broker.liveTokens == [])
    }

    @Test("the deadline ends the fetch, and the token")
    func deadline() throws {
        let job = try BrokerWorkplace()
        job.broker.follow { request, _ in request.path == "/v1/secrets" ? .silence : nil }
        let result = try job.run("--deadline", "2s", "--", "touch", "started")
        #expect(
            result
                == CommandResult(
                    status: 125,
                    error: """
                        inject: error[deadline-passed]: getting the secrets from the broker was not done 2 s after the start
                          = help: check that this machine reaches what it asks; `--deadline 2m` gives it more time

                        """
                )
        )
        #expect(job.broker.calls == Self.whole && job.broker.liveTokens == [])
    }

    @Test("a token that cannot be revoked is a warning, and the command runs")
    func unrevoked() throws {
        let job = try BrokerWorkplace()
        job.broker.follow { request, _ in request.path == "/v1/revoke" ? .text("", status: 500) : nil }
        let result = try job.run("-q", "--", "true")
        #expect(
            result
                == CommandResult(
                    status: 0,
                    error: """
                        inject: warning[broker-token-alive]: the broker's token could not be revoked
                          = note: POST /v1/revoke answered 500 with a body of no type that is none of a broker's (0 bytes)
                          = note: it ends by itself 300 s after it was given

                        """
                )
        )
    }

    // MARK: - Refusals

    @Test("a busy broker is waited for, visibly")
    func busy() throws {
        let job = try BrokerWorkplace()
        job.broker.follow { request, count in
            guard request.path == "/v1/token", count == 1 else { return nil }
            return .text("", status: 429, headers: [("Retry-After", "1")])
        }
        let result = try job.run("-q", "--", "true")
        #expect(
            result == CommandResult(status: 0, error: "inject: waiting <time>: the broker answered 429 (2/4)\n"))
    }

    @Test("a broker that grants less than the file here refuses all of it, with what to do")
    func narrower() throws {
        let job = try BrokerWorkplace([
            "staging/DATABASE_URL": FakeBroker.Secret("postgres://h2/shop"),
            "staging/TLS_KEY": FakeBroker.Secret("x", refusal: "no grant matches"),
        ])
        let result = try job.run("--", "touch", "started")
        #expect(
            result
                == CommandResult(
                    status: 125,
                    error: """
                        inject: error[broker-refused]: the broker at `<broker>` gives this job no token
                          = note: POST /v1/token answered invalid_scope: no grant of this job reads all of it
                          = help: the broker decides by the default branch's policy: `inject explain` asks it why

                        """
                )
        )
        #expect(job.broker.calls == ["POST /v1/token"])
    }

    @Test("a broker that is not there is one diagnostic")
    func absent() throws {
        let job = try BrokerWorkplace()
        job.broker.server.stop()
        let result = try job.run("--deadline", "30s", "--", "touch", "started")
        #expect(result.status == 125 && result.output == "")
        let waits = (2...4).map { "inject: waiting <time>: the broker could not be reached (\($0)/4)\n" }.joined()
        #expect(
            result.error.hasPrefix(
                waits + "inject: error[broker-unavailable]: the broker at `<broker>` could not be reached\n"),
            "\(result.error)"
        )
    }

    @Test("a token of this machine is not sent to a broker")
    func localToken() throws {
        let job = try BrokerWorkplace()
        let result = try job.workplace.run(
            "-e", "staging", "--claim", "event_name=push", "--claim", "ref=refs/heads/main", "--", "true")
        #expect(result.status == 125)
        #expect(result.error.hasPrefix("inject: error[local-token-not-honoured]: "), "\(result.error)")
        #expect(job.broker.calls == [])
    }
}
