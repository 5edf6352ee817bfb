import Foundation
import HTTPTransport
import InjectTesting
import Secrets
import Testing

@testable import AWSClient

@Suite("KMS, against another maker's")
struct KeyManagementServiceTests {
    @Test("what a key wrapped, it unwraps, with the same context alone")
    func roundTrip() async throws {
        let moto = try MotoServer.shared.get()
        let key = try moto.seed("result = kms.create_key()['KeyMetadata']['Arn']")
        var settings = try AWSSettings(region: "eu-west-1")
        try settings.override(.kms, with: moto.url, from: "test")
        let connection = AWSConnection(settings, http: CurlClient(), surroundings: .init(now: { Int64(time(nil)) }))
        let credentials = AWSCredentials(
            accessKeyID: "AKIAIOSFODNN7EXAMPLE",
            secretAccessKey: try .of("secret"),
            sessionToken: nil
        )
        let service = KeyManagementService(connection)
        let dataKey = try SecretBytes.of(String(repeating: "\u{1}\"\\k", count: 8))
        let context = [(name: "app", value: "inject"), (name: "quote", value: "\"")]
        let wrapped = try await service.encrypt(dataKey, key: key, context: context, signedBy: credentials)
        let blob = wrapped.withExposedBytes { Array($0) }
        #expect(!blob.isEmpty)
        let opened = try await service.decrypt(blob, key: key, context: context, signedBy: credentials)
        #expect(opened.exposedText == dataKey.exposedText)
        await #expect(throws: AWSError.self) {
            try await service.decrypt(blob, key: key, context: [], signedBy: credentials)
        }
        await #expect(throws: AWSError.self) {
            try await service.decrypt([1, 2, 3], key: key, context: context, signedBy: credentials)
        }
    }
}
