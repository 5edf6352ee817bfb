internal import ArgumentParser

/// How findings of a search are printed.
enum ScanFormat: String, CaseIterable, ExpressibleByArgument {
    /// For people: `FILE:LINE: SECRET …`.
    case text
    /// For programs: one JSON object a line.
    case json
    /// As annotations of a workflow's run.
    case github
}
