internal import YAMLSyntax

/// What was read of a foreign policy so far.
struct ForeignReading {
    /// GitHub's issuer, by which other systems know its tokens.
    static let issuer = "https://token.actions.githubusercontent.com"

    let repositoryID: String?
    private(set) var grants: [ImportedGrant] = []
    private(set) var leftOut: [String] = []
    private(set) var remarks: [String] = []

    init(repositoryID: String?) { self.repositoryID = repositoryID }

    mutating func remark(_ text: String) { remarks.append(text) }

    mutating func leaveOut(_ what: String, _ reason: String) { leftOut.append("\(what): \(reason)") }

    /// Nothing that was read may be used: something takes away what it gives.
    mutating func leaveOutEverything(_ reason: String) {
        grants = []
        leaveOut("everything", reason)
    }

    /// Adds a grant for each alternative of `sub`, or one where there is no condition on it.
    mutating func add(
        _ what: String,
        subjects: [ForeignPattern]?,
        _ build: (inout ImportedGrant) throws(Inexpressible) -> Void
    ) {
        for subject in subjects.map({ $0.map(Optional.some) }) ?? [nil] {
            var grant = ImportedGrant()
            do {
                if let subject { try SubjectPattern.apply(subject, to: &grant, repositoryID: repositoryID) }
                try build(&grant)
                grants.append(grant)
            } catch {
                leaveOut(subject.map { "\(what), \($0.text)" } ?? what, "\(error.part) cannot be said in inject.yaml")
            }
        }
    }
}

extension YAMLNode {
    /// One text or several; nil for anything else.
    var words: [String]? {
        if let text { return [text] }
        let texts = elements.compactMap(\.text)
        return texts.isEmpty || texts.count != elements.count ? nil : texts
    }
}
