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
    ]

    /// What reports call the forms, in the same order.
    package static let names = all.map(\.name)
}
