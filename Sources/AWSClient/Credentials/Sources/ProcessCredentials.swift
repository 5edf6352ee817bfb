import Diagnostics
import Glibc
import Secrets

/// Credentials that a program prints (docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html).
struct ProcessCredentials {
    let command: String
    let profile: Profile

    /// Runs the program and reads what it prints.
    func find() async throws(Diagnostic) -> AWSCredentials {
        guard let words = ShellWords.split(command), let program = words.first else {
            throw unusable("is no command line: a quotation does not end")
        }
        let name = "`\(program)`, the `credential_process` of profile `\(profile.name)`"
        CredentialProgram.begin(name)
        defer { CredentialProgram.end(name) }
        let output: SecretBytes
        do throws(ProcessOutput.Failure) { output = try await ProcessOutput.run(words) } catch {
            switch error {
            case .start(let code): throw unusable("`\(program)` does not start: \(String(cString: strerror(code)))")
            case .status(let status): throw unusable("`\(program)` ended with \(status)")
            case .output(let error): throw unusable("what `\(program)` prints cannot be read: \(error.reason)")
            }
        }
        do throws(Diagnostic) {
            return try CredentialsDocument(output, from: "`\(program)`", token: "SessionToken", version: 1).credentials
        } catch {
            throw Diagnostic(error.id, error.message, at: profile.place(of: "credential_process"), error.remarks)
        }
    }

    private func unusable(_ reason: String) -> Diagnostic {
        Diagnostic(
            .awsCredentialsUnusable, "`credential_process` of profile `\(profile.name)`: \(reason)",
            at: profile.place(of: "credential_process")
        )
    }
}
