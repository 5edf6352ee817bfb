import LogMasking
import Testing

/// A way in which a secret gets into a log, and what the log then shows.
struct LeakClass: CustomTestStringConvertible {
    /// The value of most examples; every quoting has something to say about it.
    static let secret = #"p@ss w/rd+'x"&<k>\$1=%`"#

    let name: String
    let value: String
    /// A bash script that shows the value `$1`; nil where a text is given.
    var script: String?
    var text: String?
    /// Whether it is caught; the others are documented as not caught.
    var isCaught = true
    /// What may remain in sight although it is caught: characters of the surroundings, or a few bits of the value.
    var rest = 6

    static func shown(_ name: String, _ script: String, value: String = secret, rest: Int = 6) -> LeakClass {
        LeakClass(name: name, value: value, script: script, rest: rest)
    }

    static func text(_ name: String, _ text: String, value: String = secret) -> LeakClass {
        LeakClass(name: name, value: value, text: text)
    }

    static func missed(_ name: String, _ script: String, value: String = secret) -> LeakClass {
        LeakClass(name: name, value: value, script: script, isCaught: false)
    }

    var testDescription: String { name }
}
