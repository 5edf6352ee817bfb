package import Diagnostics

/// Reads YAML that other programs read too, such as workflow files and CloudFormation templates.
///
/// Anchors are resolved under a budget, tags are passed over, and of two equal keys the last counts, as in most readers.
/// Every scalar is text. A merge key is an ordinary key: GitHub does not merge.
package enum LenientYAMLReader {
    /// Reads the first document; the first mistake ends the reading.
    package static func read(_ source: SourceText, limits: YAMLLimits = .workflow) throws(Diagnostic) -> YAMLNode {
        try YAMLPrecheck(source: source, limits: limits).runLeniently()
        let events = try YAMLEventStream(source)
        var composer = LenientYAMLComposer(source: source, limits: limits, events: events)
        return try composer.document()
    }
}
