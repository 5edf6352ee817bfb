package import Diagnostics

extension Diagnostic.ID {
    /// The text is no YAML.
    package static let yamlSyntax = Diagnostic.ID("yaml-syntax")
    /// The file has nothing in it.
    package static let yamlEmpty = Diagnostic.ID("yaml-empty")
    /// The file, its depth or its number of nodes is over the limit.
    package static let yamlTooLarge = Diagnostic.ID("yaml-too-large")
    /// The text is not UTF-8, or holds a control character.
    package static let yamlEncoding = Diagnostic.ID("yaml-encoding")
    /// The text starts with a byte-order mark.
    package static let yamlByteOrderMark = Diagnostic.ID("yaml-byte-order-mark")
    /// A tab stands in the text.
    package static let yamlTab = Diagnostic.ID("yaml-tab")
    /// A map has the same key twice.
    package static let yamlDuplicateKey = Diagnostic.ID("yaml-duplicate-key")
    /// A node has an anchor or is an alias.
    package static let yamlAnchor = Diagnostic.ID("yaml-anchor")
    /// A map has the merge key `<<`.
    package static let yamlMergeKey = Diagnostic.ID("yaml-merge-key")
    /// A node has a tag, or the document a directive.
    package static let yamlTag = Diagnostic.ID("yaml-tag")
    /// A key is a list or a map.
    package static let yamlComplexKey = Diagnostic.ID("yaml-complex-key")
    /// The file holds more than one document.
    package static let yamlSeveralDocuments = Diagnostic.ID("yaml-several-documents")
}
