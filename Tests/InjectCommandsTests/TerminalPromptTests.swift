import Foundation
import InjectTesting
import Testing

@Suite("Codes asked on the terminal")
struct TerminalPromptTests {
    /// Runs a program on a terminal of its own, types once it asks, and prints what the terminal showed and the status.
    static let terminal = """
        import os, pty, sys
        typed, question, command = sys.argv[1], sys.argv[2].encode(), sys.argv[3:]
        process, terminal = pty.fork()
        if process == 0:
            os.execv(command[0], command)
        shown = b""
        while True:
            try:
                data = os.read(terminal, 4096)
            except OSError:
                break
            if not data:
                break
            shown += data
            if question in shown and typed:
                os.write(terminal, typed.encode().decode("unicode_escape").encode())
                typed = ""
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        print(shown.decode().replace("\\r", ""), end="")
        print(status)
        """

    /// Runs scripts that hold a terminal, beside a workplace's policy.
    private static func python(_ variables: [String: String], in workplace: Workplace) throws -> CommandRunner {
        CommandRunner(
            executable: try Python.program("python"),
            in: workplace.folder.url,
            environment: variables.merging([
                "PATH": "/usr/bin:/bin", "HOME": workplace.folder.path("home"), "LC_ALL": "C.UTF-8",
            ]) { first, _ in first }
        )
    }

    private func run(_ typed: String, _ variables: [String: String], in workplace: Workplace, _ arguments: String...)
        throws -> String
    {
        let python = try Self.python(variables, in: workplace)
        let command = ["-c", Self.terminal, typed, "code of", workplace.inject.path] + arguments
        return try python.run(command).output
    }

    private func place(_ sts: LoopbackServer) throws -> (Workplace, [String: String]) {
        let workplace = try Workplace(policy: CredentialsCommandTests.local)
        try workplace.folder.write(
            "home/.aws/config",
            """
            [default]
            region = eu-west-1
            role_arn = arn:aws:iam::123456789012:role/r
            source_profile = keys
            mfa_serial = arn:aws:iam::123456789012:mfa/me
            [profile keys]
            aws_access_key_id = AKIAIOSFODNN7EXAMPLE
            aws_secret_access_key = secret
            """
        )
        return (workplace, ["AWS_ENDPOINT_URL": sts.url, "AWS_MAX_ATTEMPTS": "1"])
    }

    @Test("a device's code is asked for, sent, and never shown")
    func code() throws {
        let sts = try LoopbackServer { _ in
            .text(
                "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>",
                status: 403)
        }
        let (workplace, variables) = try place(sts)
        let shown = try run("123x\\x7f456\\n", variables, in: workplace, "--", "true")
        #expect(shown.hasPrefix("inject: code of arn:aws:iam::123456789012:mfa/me: \n"))
        // A folder's random name may have any digits.
        let rest = shown.replacing("123456789012", with: "<account>")
            .replacing(workplace.folder.url.path, with: "<folder>").replacing(sts.url, with: "<sts>")
        #expect(!rest.contains("123") && !rest.contains("456"), "\(shown)")
        #expect(shown.contains("AWS does not let profile `default` become `arn:aws:iam::123456789012:role/r`"))
        let request = try #require(sts.requests.first { $0.method == "POST" })
        #expect(String(decoding: request.body, as: UTF8.self).hasSuffix("&TokenCode=123456"))
    }

    @Test("Ctrl-C at the question ends the run and gives the terminal its echo back")
    func cancelled() throws {
        let sts = try LoopbackServer { _ in .text("", status: 500) }
        let (workplace, variables) = try place(sts)
        let shown = try run("12\\x03", variables, in: workplace, "--", "true")
        #expect(shown.contains("needs a code, and the question for it was cancelled") && shown.hasSuffix("125\n"))
        #expect(sts.requests.isEmpty)
    }

    /// Starts a program on a terminal of its own, sends it a signal once it asks, and prints the terminal's mode after it.
    static let interrupted = """
        import os, pty, signal, sys, termios
        # The thread that started us may block signals.
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        number, command = int(sys.argv[1]), sys.argv[2:]
        manager, terminal = pty.openpty()
        usual = termios.tcgetattr(terminal)
        process = os.fork()
        if process == 0:
            os.setsid()
            for descriptor in (0, 1, 2):
                os.dup2(terminal, descriptor)
            os.close(os.open(os.ttyname(terminal), os.O_RDWR))
            os.execv(command[0], command)
        shown = b""
        while b"code of" not in shown:
            shown += os.read(manager, 4096)
        asking = termios.tcgetattr(terminal)
        if number:
            os.kill(process, number)
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        print(asking == usual, termios.tcgetattr(terminal) == usual, status)
        print(os.read(manager, 65536).decode().replace("\\r", ""), end="")
        """

    @Test(
        "a signal and a deadline at the question give the terminal its echo back",
        arguments: [
            ("15", ["--", "true"], "-15"), ("1", ["--", "true"], "-1"), ("2", ["--", "true"], "-2"),
            ("0", ["--deadline", "1s", "--", "true"], "125"), ("0", ["doctor", "--deadline", "1s"], "1"),
        ]
    )
    func interrupted(signal: String, arguments: [String], status: String) throws {
        let sts = try LoopbackServer { _ in .text("", status: 500) }
        let (workplace, variables) = try place(sts)
        let python = try Self.python(variables, in: workplace)
        let result = try python.run(["-c", Self.interrupted, signal, workplace.inject.path] + arguments)
        #expect(result.output.hasPrefix("False True \(status)\n"), "\(result.output)\(result.error)")
        if signal == "0" { #expect(result.output.contains("getting AWS credentials was not done 1 s after the start")) }
    }

    @Test("credentials are not printed to a terminal, unless that is asked for")
    func terminal() throws {
        let sts = try LoopbackServer { _ in .text("", status: 500) }
        let (workplace, _) = try place(sts)
        let variables = ["AWS_ACCESS_KEY_ID": "AKENV", "AWS_SECRET_ACCESS_KEY": "sk_live_1", "AWS_REGION": "eu-west-1"]
        let refused = try run("", variables, in: workplace, "credentials")
        #expect(refused.contains("error[credentials-to-terminal]") && !refused.contains("sk_live_1"))
        #expect(try run("", variables, in: workplace, "credentials", "--reveal").contains("sk_live_1"))
    }
}
