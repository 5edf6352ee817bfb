import InjectTesting
import LogMasking
import Testing

@Suite("XML and HTML")
struct MarkupFormTests {
    static let value = "a&b<c>d\"e'f"

    @Test(
        "references are masked",
        arguments: [
            EncodedValue(value, "a&amp;b&lt;c&gt;d&quot;e&#x27;f", "python3 html.escape"),
            EncodedValue(value, "a&amp;b&lt;c&gt;d&#34;e&#39;f", "Go html.EscapeString"),
            EncodedValue(value, "a&amp;b&lt;c&gt;d&quot;e&#039;f", "PHP htmlspecialchars"),
            EncodedValue(value, "a&amp;b&lt;c&gt;d&quot;e&apos;f", "XML"),
            EncodedValue("four", "&#102;&#111;&#117;&#114;", "decimal references"),
            EncodedValue("four", "&#x66;&#x6f;&#x75;&#x72;", "hexadecimal references"),
        ]
    )
    func references(example: EncodedValue) throws { try example.expectMasked(as: "markup") }

    @Test("a value without special characters has no reference of its own")
    func plain() throws { try EncodedValue("plain-value", "plain-value", "html.escape").expectMasked(as: "literal") }
}
