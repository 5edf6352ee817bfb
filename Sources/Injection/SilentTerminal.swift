internal import CInjectShims

/// The terminal while it is asked for something that must not be shown.
package enum SilentTerminal {
    /// Stops showing what is typed, until `end`, a signal that ends the process, or `giveBack`; false where there is no
    /// terminal.
    package static func begin(_ terminal: Int32) -> Bool { inject_question_begin(terminal) }

    /// Shows again what is typed, whoever is still waiting for an answer.
    package static func giveBack() { inject_question_give_back() }

    /// Shows again what is typed: there is an answer.
    package static func end() { inject_question_end() }
}
