import Foundation

/// A certificate made by the `openssl` program for one test.
package struct TestCertificate {
    /// The path of the certificate in PEM.
    package let certificate: String
    /// The path of its key in PEM.
    package let key: String

    /// Makes a self-signed certificate for an alternative name, such as `IP:127.0.0.1` or `DNS:example.com`.
    package init(in folder: TemporaryFolder, name: String, for alternative: String) throws {
        certificate = folder.path(name + ".pem")
        key = folder.path(name + ".key")
        let runner = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/openssl"), in: folder.url)
        let result = try runner.run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
            "-subj", "/CN=\(name)", "-addext", "subjectAltName=\(alternative)", "-keyout", key, "-out", certificate,
        ])
        guard result.status == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
