import Diagnostics
import HTTPTransport
import InjectTesting
import Secrets
import Synchronization

@testable import TokenExchange

/// A client and a broker on this machine, with a clock that does not wait.
final class BrokerFixture: Sendable {
    let broker: FakeBroker
    let waits = Mutex<[String]>([])
    let warnings = Mutex<[String]>([])

    init(
        _ secrets: KeyValuePairs<String, FakeBroker.Secret> = ["prod/KEY": FakeBroker.Secret("hunter2-hunter2")]
    ) throws {
        broker = try FakeBroker(secrets)
    }

    func connect(http: any HTTPClient = CurlClient()) throws -> BrokerClient {
        BrokerClient(
            try BrokerAddress(broker.url),
            http: http,
            surroundings: BrokerClient.Surroundings(
                clock: RetryClock(milliseconds: { 0 }, sleep: { _ in }, chance: { 1 }),
                onWait: { wait in self.waits.withLock { $0.append(wait.text) } }
            )
        )
    }

    /// Exchanges, fetches and revokes, as a run does.
    func fetch(_ scope: [String] = ["prod/KEY"], token: Int = 1) async throws -> BrokerSession.Harvest {
        let paths = scope.compactMap { SecretPath($0) }
        let session = BrokerSession(try connect()) { warning in
            self.warnings.withLock { $0.append(self.shown(warning)) }
        }
        return try await session.fetch(with: try subjectToken(token), scope: paths) { granted in
            paths.isEmpty ? granted : paths
        }
    }

    /// Unsigned: neither the client nor the fake looks at a signature.
    func subjectToken(_ number: Int) throws -> SecretBytes {
        var payload = try SecretBuffer()
        try SecretBytes.of(#"{"aud":"\#(broker.url)","jti":"\#(number)"}"#).withExposedBytes {
            bytes throws(SecretMemoryError) in try Base64.append(bytes, to: &payload)
        }
        let text = payload.finish().exposedText.replacing("=", with: "").replacing("+", with: "-")
        return try SecretBytes.of("e30.\(text.replacing("/", with: "_")).c2ln")
    }

    /// What a person is told, without the port.
    func shown(_ diagnostic: Diagnostic) -> String {
        diagnostic.text.replacing(broker.url, with: "<broker>")
    }

    /// The diagnostic of work that has to fail.
    func failure(_ work: () async throws -> Void) async -> String {
        do {
            try await work()
            return "nothing failed"
        } catch let diagnostic as Diagnostic {
            return shown(diagnostic)
        } catch {
            return "\(error)"
        }
    }
}
