package import Diagnostics

extension AWSError {
    /// The error itself, and this machine's clock where it is wrong by more than AWS puts up with.
    package var remarks: [Diagnostic.Remark] {
        guard let skew = clockSkew, abs(skew) >= 120 else { return [.note(text)] }
        let way = skew > 0 ? "ahead of" : "behind"
        return [.note(text), .note("this machine's clock is \(abs(skew)) s \(way) AWS's; a signature holds for 300 s")]
    }
}
