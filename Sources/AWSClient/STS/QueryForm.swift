import HTTPTransport

/// The form of an operation of the query protocol, without its secrets.
struct QueryForm: Sendable {
    private(set) var text: String

    init(action: String) { text = "Action=\(action)&Version=2011-06-15" }

    /// The form with one more field, where there is a value.
    func adding(_ name: String, _ value: String?) -> QueryForm {
        guard let value else { return self }
        var form = self
        form.text += "&\(name)=\(PercentEncoding.component(value))"
        return form
    }
}
