package import Diagnostics

/// Reads the strict subset of YAML that a policy may use.
///
/// Left out is whatever lets two readers see two files, or one line act on another: types, tags, anchors, merge keys,
/// duplicate keys, several documents, tabs.
package enum YAMLReader {
    /// Reads one document; the first mistake ends the reading.
    package static func read(_ source: SourceText, limits: YAMLLimits = .policy) throws(Diagnostic) -> YAMLNode {
        try YAMLPrecheck(source: source, limits: limits).run()
        let events = try YAMLEventStream(source)
        var composer = YAMLComposer(source: source, limits: limits, events: events)
        return try composer.document()
    }
}
