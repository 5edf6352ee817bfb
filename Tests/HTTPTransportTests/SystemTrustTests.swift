import Foundation
import InjectTesting
import Testing

@testable import HTTPTransport

@Suite("The system's certificates")
struct SystemTrustTests {
    @Test(
        "a folder is enough where it has hashes and is no older than the bundle",
        arguments: [
            (["12ab34cd.0"], 10, 10, true), (["12ab34cd.0"], 10, 11, true), (["12ab34cd.0"], 11, 10, false),
            (["x.pem", "12ab34cd.r0"], 10, 10, false), (["12AB34CD.0", "12ab34cd0.0"], 10, 10, false),
            ([], 10, 10, false),
        ]
    )
    func choice(names: [String], bundleTime: Int, folderTime: Int, isEnough: Bool) throws {
        let folder = try TemporaryFolder()
        let bundle = try folder.write("certs/bundle.crt", "")
        for name in names { try folder.write("certs/\(name)", "") }
        let path = folder.path("certs")
        for (path, time) in [(bundle, bundleTime), (path, folderTime)] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: Double(time))], ofItemAtPath: path)
        }
        #expect(SystemTrust.isEnough(folder: path, beside: bundle) == isEnough)
        #expect(!SystemTrust.isEnough(folder: folder.path("nowhere"), beside: bundle))
        #expect(!SystemTrust.isEnough(folder: path, beside: folder.path("nowhere")))
    }
}
