internal import Diagnostics
internal import PolicyLint

/// Writes fixes into the files they are for.
struct LintMending {
    let console: Console

    /// Applies fixes, file by file; a file that `isSound` does not take afterwards is left as it is.
    func mend(_ fixes: [LintFix], isSound: (_ name: String, _ bytes: [UInt8]) -> Bool) throws(Diagnostic) {
        for name in Set(fixes.map(\.source.name)).sorted() {
            let own = fixes.filter { $0.source.name == name }
            guard let source = own.first?.source else { continue }
            let (bytes, count) = LintFix.applied(own, to: source)
            guard isSound(name, bytes) else {
                console.remark("inject: \(name): left as it is, since the fixes do not fit together\n")
                continue
            }
            try Self.write(bytes, to: name)
            console.remark("inject: \(name): mended \(count)\n")
        }
    }

    /// Replaces a file, all of it or nothing.
    static func write(_ bytes: [UInt8], to path: String) throws(Diagnostic) {
        do {
            try AtomicFile(path).replace(with: bytes)
        } catch {
            throw Diagnostic(.lintUnwritable, "`\(path)` cannot be written", [.help("check the folder's permissions")])
        }
    }
}

extension Diagnostic.ID {
    /// A fix or a baseline cannot be written.
    static let lintUnwritable = Diagnostic.ID("lint-unwritable")
}
