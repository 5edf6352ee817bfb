/// The places and edges of all patterns on one variable, without empty steps.
struct Automaton: Sendable {
    /// A step from one place to another.
    struct Edge: Sendable {
        let bytes: ByteSet
        let target: Int
    }

    /// The edges out of each place.
    let edges: [[Edge]]
    /// What a word that ends in each place is accepted as.
    let accepted: [[Int]]
    /// Where all patterns begin.
    let starts: [Int]
    /// From here on, places are those of the model's languages; a word in none of them cannot be a claim's value.
    let languageStart: Int
}
