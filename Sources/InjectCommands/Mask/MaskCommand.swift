internal import ArgumentParser
internal import Diagnostics
internal import Glibc
internal import LogMasking
internal import Secrets

/// `inject mask`: the masker as a filter.
struct MaskCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "mask",
        abstract: "Masks secrets in standard input and writes the rest unchanged.",
        discussion: """
            make test 2>&1 | inject mask --environment dev
              inject mask --values values.json <build.log >masked.log

            The values are those of a JSON object of name to value, or the secrets the policy grants in an environment. \
            The report goes to standard error.
            """
    )

    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Token") var tokenOptions: TokenOptions
    @OptionGroup(title: "Stores") var storeOptions: StoreOptions

    @Option(help: ArgumentHelp("A JSON object of name to value.", valueName: "file"))
    var values: String?

    @Flag(help: "Exit 1 if a secret had to be masked (INJECT_FAIL_ON_LEAK).")
    var failOnLeak = false

    @Flag(name: [.long, .short], help: "Print no report (INJECT_QUIET).")
    var quiet = false

    /// How much is read at once: at each end it is looked up what may go on, in tables that are not in a cache by then.
    private static let chunkSize = 1 << 18
    /// Free bytes before what is read.
    ///
    /// The kernel copies what is held and then this into fresh pages; were it to read a little behind, in its page, of
    /// where it writes, the processor would take every load to wait for a store.
    private static let lead = 512

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        // Before anything is read: what comes in through a pipe comes once.
        let isQuiet = try quiet || surroundings.environment.flag("INJECT_QUIET")
        let fails = try failOnLeak || surroundings.environment.flag("INJECT_FAIL_ON_LEAK")
        let values = try GrantedValues.fetch(
            file: values, policyOptions, tokenOptions, storeOptions, in: surroundings)
        let patterns: MaskPatterns
        var masker: StreamMasker
        do {
            patterns = try MaskPatterns(values)
            masker = try StreamMasker(patterns)
        } catch {
            throw Diagnostic(.maskFailed, "there is no memory for the masks")
        }
        for value in patterns.unmaskable { surroundings.console.report(UnmaskableText.diagnostic(value)) }
        try filter(&masker, surroundings.console)
        let report = masker.report
        if !isQuiet { surroundings.console.remark(LeakReport(report).text) }
        return fails && !report.entries.isEmpty ? .findings : .success
    }

    private func filter(_ masker: inout StreamMasker, _ console: Console) throws(Diagnostic) {
        // F_SETPIPE_SZ of fcntl(2), which Glibc does not export: larger pipes, where these are pipes, save most of the waiting for each other.
        for stream in [STDIN_FILENO, STDOUT_FILENO] { _ = fcntl(stream, 1031, 1 << 20) }
        var failure: Diagnostic?
        do {
            var output = try GatheredOutput(console)
            var chunk = try SecretBuffer(capacity: Self.lead + Self.chunkSize)
            _ = try chunk.appendUninitialized(capacity: Self.lead) { $0.count }
            while true {
                let count = try chunk.appendUninitialized(capacity: Self.chunkSize) {
                    read(STDIN_FILENO, $0.baseAddress, $0.count)
                }
                if count < 0 && Self.isWorthAnotherTry(errno) { continue }
                if count < 0 { failure = Self.unreadable(errno) }
                guard count > 0 else { break }
                chunk.withExposedBytes { bytes in
                    let input = UnsafeRawBufferPointer(rebasing: bytes[Self.lead...])
                    masker.write(input) { output.append($0, of: input) }
                    output.flush()
                }
                chunk.truncate(to: Self.lead)
            }
        } catch {
            throw Diagnostic(.maskFailed, "there is no memory for the masks")
        }
        masker.finish { console.output($0) }
        if let failure { throw failure }
    }

    /// Waits where there is only nothing yet: whoever shares standard input may have made it one that does not block.
    private static func isWorthAnotherTry(_ error: Int32) -> Bool {
        guard error == EAGAIN else { return error == EINTR }
        var wanted = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        _ = poll(&wanted, 1, -1)
        return true
    }

    private static func unreadable(_ error: Int32) -> Diagnostic {
        let reason = String(cString: strerror(error)).lowercased()
        return Diagnostic(.maskFailed, "standard input cannot be read, and what is left of it is lost: \(reason)")
    }
}

extension Diagnostic.ID {
    /// The masker could not work, or not read its input.
    static let maskFailed = Diagnostic.ID("mask-failed")
    /// A file of values cannot be read.
    static let valuesUnreadable = Diagnostic.ID("values-unreadable")
}
