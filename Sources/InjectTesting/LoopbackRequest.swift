/// A request as a fake server received it.
package struct LoopbackRequest: Sendable {
    /// The method.
    package let method: String
    /// Path and query, as they were sent.
    package let target: String
    /// The headers, in order, names in lower case.
    package let headers: [(name: String, value: String)]
    /// The body.
    package let body: [UInt8]

    /// The first header of a name in lower case.
    package func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    /// The path without the query.
    package var path: String { String(target.prefix { $0 != "?" }) }

    /// A member of the query, still percent-encoded.
    package func query(_ name: String) -> String? {
        let query = target.drop { $0 != "?" }.dropFirst()
        return query.split(separator: "&").first { $0.hasPrefix(name + "=") }.map {
            String($0.dropFirst(name.count + 1))
        }
    }
}
