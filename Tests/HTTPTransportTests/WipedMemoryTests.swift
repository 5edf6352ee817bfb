import Foundation
import HTTPTransport
import InjectTesting
import Secrets
import Testing

@Suite("What is left of a secret in memory", .serialized)
struct WipedMemoryTests {
    @Test("a secret sent as a header and a body, and received as one, leaves no copy once the client is gone")
    func copies() async throws {
        let mask: UInt8 = 0x5A
        let masked = (0..<40).map { _ in UInt8.random(in: 0x61...0x7A) ^ mask }
        #expect(try await copies(of: masked, mask) == 0)
    }

    @Test("the search finds a copy that is there")
    func control() throws {
        let mask: UInt8 = 0x5A
        let masked = (0..<40).map { _ in UInt8.random(in: 0x61...0x7A) ^ mask }
        let plain = masked.map { $0 ^ mask }
        #expect(try OwnMemory.count(of: masked, mask: mask) >= 1)
        withExtendedLifetime(plain) {}
    }

    private func copies(of masked: [UInt8], _ mask: UInt8) async throws -> Int {
        let folder = try TemporaryFolder()
        let own = try TestCertificate(in: folder, name: "own", for: "IP:127.0.0.1")
        let server = try TLSServer(certificate: own.certificate, key: own.key)
        try await send(masked, mask, server.port, own.certificate)
        return try OwnMemory.count(of: masked, mask: mask)
    }

    private func send(_ masked: [UInt8], _ mask: UInt8, _ port: Int, _ bundle: String) async throws {
        var buffer = try SecretBuffer()
        for byte in masked { try buffer.append(byte ^ mask) }
        let client = CurlClient(.init(caBundle: bundle))
        let secret = buffer.finish()
        var request = HTTPRequest(method: .post, url: "https://127.0.0.1:\(port)/", body: .secret(secret))
        request.headers = [("Authorization", .secret(prefix: "Bearer ", secret))]
        #expect(try await client.send(request).body.isEqual(to: secret))
    }
}
