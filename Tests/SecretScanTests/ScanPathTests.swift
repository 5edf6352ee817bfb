import SecretScan
import Testing

@Suite("Shown paths")
struct ScanPathTests {
    @Test(
        "a path is shown as one printable line",
        arguments: [
            ("dist/app.js", "dist/app.js"), ("größe", "größe"), ("a\nb", "a\\x0Ab"), ("\u{1B}[2J", "\\x1B[2J"),
            ("a\u{202E}b", "a\\xE2\\x80\\xAEb"),
        ]
    )
    func shown(path: String, shown: String) {
        #expect(ScanPath(path).shown == shown)
    }
}
