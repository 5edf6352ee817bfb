/// The forms every value is looked for in.
package enum MaskForms {
    /// All forms; an earlier one is credited where two give the same text.
    static let all: [any MaskForm] = [
        LiteralForm(),
        LineEndingForm(),
        LineForm(),
        Base64Form.standard,
        Base64Form.urlSafe,
        HexadecimalForm(),
        PercentForm(),
        FormEncodingForm(),
        JSONForm(),
        ShellForm(),
        MarkupForm(),
        DoubledQuotesForm(),
        HexDumpForm(),
        UTF16Form(),
        ReversedForm(),
        DoubleBase64Form(),
        EncodedCommandForm(),
        Base32Form(),
        URLPartForm(),
        DoublePercentForm(),
        NestedJSONForm(),
        GoQuoteForm(),
        PythonReprForm(),
        PowerShellForm(),
        CommandPromptForm(),
        QuotedPrintableForm(),
        ByteListForm(),
        SpacedForm(),
        YAMLForm(),
        PropertiesForm(),
    ]

    /// How many of them, from the first, a token is looked for in: up to hexadecimal digits.
    static let tokenFormCount = 6

    /// What reports call a form that something stands in, such as a line break or a colour.
    package static let interrupted = "interrupted"

    /// What reports call the forms, in the same order.
    package static let names = all.map(\.name)
}
