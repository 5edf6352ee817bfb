import InjectTesting
import Secrets
import Testing

@testable import AWSClient

@Suite("XML of the query protocol")
struct XMLBodyTests {
    @Test("leaves are found by their path, with references resolved and attributes passed over")
    func leaves() throws {
        let xml = try XMLBody(
            .of(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- a comment > with a bracket -->
                <Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/" a='>'>
                  <Result><Text>a &lt;b&gt; &amp;amp; &#39;c&apos; &quot;</Text><Empty/><Other> x </Other></Result>
                  <Text>outer</Text>
                </Response>

                """
            )
        )
        #expect(xml.root == "Response")
        #expect(xml.text(at: ["Result", "Text"]) == #"a <b> &amp; 'c' ""#)
        #expect(try xml.secret(at: ["Result", "Text"])?.exposedText == #"a <b> &amp; 'c' ""#)
        #expect(xml.text(at: ["Result", "Empty"]) == "" && xml.text(at: ["Result", "Other"]) == " x ")
        #expect(xml.text(at: ["Text"]) == "outer")
        #expect(xml.text(at: ["Result"]) == nil && xml.text(at: []) == nil)
        #expect(try xml.secret(at: ["Result", "Missing"]) == nil)
    }

    @Test(
        "what AWS does not write is refused",
        arguments: [
            "", "text", "<a>", "<a></b>", "</a>", "<a></a><b></b>", "<a/><a/>", "<a", "<a b='>", "<a>&unknown;</a>",
            "<a>&#x41;</a>", "<a>&</a>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "<a><![CDATA[x]]></a>", "< a></a>",
            "<a><b></a></b>", "<a>x</a>trailing<", "<html><p>503<br></p></html>",
        ]
    )
    func refused(text: String) throws {
        let body = try SecretBytes.of(text)
        #expect(throws: XMLError.self) { try XMLBody(body) }
    }

    @Test("nesting, leaves and length have an end")
    func limits() throws {
        let deep = String(repeating: "<a>", count: 17) + String(repeating: "</a>", count: 17)
        let wide = "<a>" + String(repeating: "<b/>", count: 1001) + "</a>"
        let long = "<a>" + String(repeating: "x", count: 1 << 20) + "</a>"
        for text in [deep, wide, long] {
            let body = try SecretBytes.of(text)
            #expect(throws: XMLError.self) { try XMLBody(body) }
        }
    }

    @Test("no beginning of an answer is one")
    func truncated() throws {
        let whole = "<R><A><B>x</B><C>&amp;</C></A></R>"
        for count in 0..<whole.utf8.count {
            let body = try SecretBytes.of(String(whole.prefix(count)))
            #expect(throws: XMLError.self) { try XMLBody(body) }
        }
    }
}
