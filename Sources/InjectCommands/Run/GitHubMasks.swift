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
    func register(_ values: [MaskedValue], _ patterns: MaskPatterns) {
        let skipped = Set(patterns.unmaskable.map(\.name))
        for value in values where !skipped.contains(value.name) {
            value.value.withExposedBytes { bytes in
                for line in ValueScreen.maskedLines(of: bytes) { register(line) }
            }
        }
    }

    private func register(_ line: UnsafeRawBufferPointer) {
        guard var command = try? SecretBuffer(capacity: line.count * 3 + 16) else { return }
        do {
            try command.append("::add-mask::")
            for byte in line {
                if byte == UInt8(ascii: "%") { try command.append("%25") } else { try command.append(byte) }
            }
            try command.append("\n")
        } catch {
            return
        }
        command.withExposedBytes { console.output($0) }
    }
}
