import Foundation

/// A certificate made by the `openssl` program for one test.
package struct TestCertificate {
    /// The path of the certificate in PEM.
    package let certificate: String
    /// The path of its key in PEM.
    package let key: String

    /// Both in one file, as HAProxy wants them.
    package var both: String { key + ".both" }

    /// Makes a self-signed certificate for an alternative name, such as `IP:127.0.0.1` or `DNS:example.com`.
    ///
    /// One that is expired was valid yesterday, and it is signed by itself in a second step, which takes any days.
    package init(in folder: TemporaryFolder, name: String, for alternative: String, isExpired: Bool = false) throws {
        certificate = folder.path(name + ".pem")
        key = folder.path(name + ".key")
        let runner = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/openssl"), in: folder.url)
        let result = try runner.run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
            "-subj", "/CN=\(name)", "-addext", "subjectAltName=\(alternative)", "-keyout", key, "-out", certificate,
        ])
        guard result.status == 0 else { throw CocoaError(.fileWriteUnknown) }
        if isExpired {
            let again = try runner.run([
                "x509", "-in", certificate, "-signkey", key, "-days", "-1", "-out", certificate,
            ])
            guard again.status == 0 else { throw CocoaError(.fileWriteUnknown) }
        }
        let parts = try [certificate, key].map { try String(contentsOfFile: $0, encoding: .utf8) }
        try parts.joined().write(toFile: both, atomically: true, encoding: .utf8)
    }
}
