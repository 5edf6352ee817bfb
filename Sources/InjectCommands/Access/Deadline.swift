internal import Diagnostics
internal import Glibc

/// By when token, exchange and secrets have to be there; the command itself may run as long as it likes.
struct Deadline: Sendable {
    /// What the whole of it may take.
    let seconds: Int
    private let end: Int64

    /// A deadline that many seconds from now.
    init(seconds: Int) {
        self.seconds = seconds
        end = Self.milliseconds() + Int64(seconds) * 1000
    }

    /// The deadline of `--deadline`, of `INJECT_DEADLINE`, or of a minute.
    init(option: String?, _ variables: ProcessEnvironment) throws(Diagnostic) {
        let name = option == nil ? "INJECT_DEADLINE" : "--deadline"
        guard let text = option ?? variables["INJECT_DEADLINE"] else {
            self.init(seconds: 60)
            return
        }
        guard let seconds = Self.seconds(text) else {
            throw Diagnostic(
                .variableUnreadable, "`\(name)` is `\(text)`, which is no time of a second to an hour",
                [.help("write it as `90s`, `2m` or `1h`")]
            )
        }
        self.init(seconds: seconds)
    }

    /// What is left of it, in milliseconds; never negative.
    var rest: Int { max(0, Int(end - Self.milliseconds())) }

    /// What a person is told whose job waited in vain; `program` is what was still running.
    func diagnostic(_ work: String, waitingFor program: String? = nil) -> Diagnostic {
        let note = program.map { Diagnostic.Remark.note("\($0), was still running") }
        return Diagnostic(
            .deadlinePassed,
            "\(work) was not done \(seconds) s after the start",
            [note].compactMap(\.self)
                + [.help("check that this machine reaches what it asks; `--deadline 2m` gives it more time")]
        )
    }

    private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]

    private static func seconds(_ text: String) -> Int? {
        let unit = text.last.flatMap { units[$0] }
        let digits = unit == nil ? text[...] : text.dropLast()
        guard digits.utf8.count <= 4, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let seconds = Int(digits).map({ $0 * (unit ?? 1) }), (1...3600).contains(seconds)
        else { return nil }
        return seconds
    }

    private static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}

extension Diagnostic.ID {
    /// Token, exchange and secrets took longer than they may.
    static let deadlinePassed = Diagnostic.ID("deadline-passed")
}
