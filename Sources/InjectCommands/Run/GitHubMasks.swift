internal import Diagnostics
internal import Glibc
internal import Injection
internal import LogMasking
internal import Secrets

/// Tells GitHub's runner what to mask as well, before the command starts: the command itself could switch off what is
/// sent later.
///
/// Source: GitHub, "Workflow commands for GitHub Actions", masking a value in a log; the runner decodes `%25`, `%0D` and
/// `%0A`, and splits a value into lines itself.
struct GitHubMasks {
    let console: Console

    /// Registers each value that is masked at all, line by line: the runner masks whatever it is given, and a lone brace
    /// would wreck the log.
    func register(_ values: [MaskedValue], _ patterns: MaskPatterns) throws {
        // All at once: a write for each would cost more than the masks.
        let failure = try commands(values, patterns).withExposedBytes { console.tellRunner($0) }
        guard failure != 0 else { return }
        let reason = String(cString: strerror(failure)).lowercased()
        throw Diagnostic(
            .outputFailed, "GitHub's runner could not be told what to mask: \(reason)",
            [.help("leave standard error to the runner, or standard output")])
    }

    private func commands(
        _ values: [MaskedValue],
        _ patterns: MaskPatterns
    ) throws(SecretMemoryError) -> SecretBytes {
        let skipped = Set(patterns.unmaskable.map(\.name))
        var commands = try SecretBuffer()
        for value in values where !skipped.contains(value.name) {
            try value.value.withExposedBytes { bytes throws(SecretMemoryError) in
                for line in ValueScreen.maskedLines(of: bytes) { try Self.append(line, to: &commands) }
            }
        }
        return commands.finish()
    }

    private static func append(
        _ line: UnsafeRawBufferPointer,
        to commands: inout SecretBuffer
    ) throws(SecretMemoryError) {
        try commands.append("::add-mask::")
        for byte in line {
            if byte == UInt8(ascii: "%") { try commands.append("%25") } else { try commands.append(byte) }
        }
        try commands.append("\n")
    }
}
