extension Glob {
    /// The pattern as IAM's `StringLike` reads it: there is one star, and nothing stops it.
    package var crossing: Glob {
        Glob(text: text, elements: elements.map { $0 == .star ? .doubleStar : $0 }, stopsAtSign: false)
    }

    /// A pattern that is taken apart already, in which nothing stops at `@`.
    package init(elements: [Element], text: String) {
        self.init(text: text, elements: elements, stopsAtSign: false)
    }
}
