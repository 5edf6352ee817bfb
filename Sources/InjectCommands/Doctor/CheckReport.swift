internal import Diagnostics

/// The lines of `inject doctor`.
struct CheckReport {
    let console: Console

    /// A check that found nothing wrong.
    func pass(_ name: String, _ text: String) { line("ok", name, text) }

    /// A check that could not be made, and need not be.
    func skip(_ name: String, _ text: String) { line("skip", name, text) }

    /// A check that failed, with what to do.
    func fail(_ name: String, _ diagnostic: Diagnostic) {
        line("FAIL", name, diagnostic.message)
        let details = diagnostic.text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        for detail in details where !detail.isEmpty { console.output("      \(detail)\n") }
    }

    private func line(_ mark: String, _ name: String, _ text: String) {
        let mark = mark + String(repeating: " ", count: 6 - mark.count)
        let name = name + String(repeating: " ", count: max(1, 14 - name.count))
        console.output("\(mark)\(name)\(text)\n")
    }
}
