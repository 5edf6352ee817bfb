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
            EncodedValue("p@ss/word", "p&#64;ss&#47;word", "all but letters and digits"),
            EncodedValue("p@ss/word", "p&#x40;ss&#x2f;word", "the same in hexadecimal"),
            EncodedValue("p@ss/word", "p&#x40;ss&#x2F;word", "the same in upper case"),
            EncodedValue(value, "a&#38;b&#60;c&#62;d&#34;e&#39;f", "PHP FILTER_SANITIZE_SPECIAL_CHARS"),
            EncodedValue("four<c>-d", "four&#x3C;c&#x3E;-d", "special characters in hexadecimal"),
            EncodedValue("p\u{E4}ss-w\u{F6}rd", "p&#228;ss-w&#246;rd", "python3 xmlcharrefreplace"),
            EncodedValue("p\u{E4}ss-w\u{1F600}", "p&#xE4;ss-w&#x1F600;", "libxml2"),
            EncodedValue("KEY+pass'1==", "KEY&#43;pass&#39;1==", "Go html/template"),
            EncodedValue("KEY/`pass<1==", "KEY/&#x60;pass&lt;1&#x3D;&#x3D;", "Handlebars"),
            EncodedValue("KEY/pass<1==", "KEY&#x2F;pass&lt;1&#x3D;&#x3D;", "Mustache.js"),
            EncodedValue("KEY+`p\u{E4}ss>1", "KEY&#x2B;&#x60;p&#xE4;ss&gt;1", ".NET HtmlEncoder"),
            EncodedValue("line 1\nline \"2\"\tend", "line 1&#xA;line &#34;2&#34;&#x9;end", "Go xml.EscapeText"),
            EncodedValue("line 1\nline \"2\"\tend", "line 1&#xA;line &quot;2&quot;&#x9;end", ".NET XmlWriter"),
            EncodedValue("line 1\nline \"2\"\tend", "line 1&#10;line &quot;2&quot;&#9;end", "python3 quoteattr"),
            EncodedValue("f\u{E4}\u{20AC}r", "&#102;&#228;&#8364;&#114;", "decimal references to what is not ASCII"),
        ]
    )
    func references(example: EncodedValue) throws { try example.expectMasked(as: "markup") }

    @Test("what none of the writers refers to stays", arguments: ["KEY&#43;pass&apos;1==", "KEY&#43;pass'1&#61;="])
    func nearMiss(text: String) throws { #expect(try Masking(["KEY+pass'1=="], text).text == text) }

    @Test("a value without special characters has no reference of its own")
    func plain() throws { try EncodedValue("plain-value", "plain-value", "html.escape").expectMasked(as: "literal") }
}
