/// The places and edges of all patterns on one variable, without empty steps.
struct Automaton: Sendable {
    /// A step out of a place.
    struct Edge: Sendable {
        /// The bytes that it takes, by their number among `sets`.
        let set: Int
        /// Where it leads.
        let target: Int
    }

    /// The different sets of bytes that edges take.
    let sets: [ByteSet]
    /// The edges, place behind place.
    let edges: [Edge]
    /// Where the edges of each place begin among them, and behind the last place where they end.
    let firsts: [Int]
    /// What a word that ends in each place is accepted as.
    let accepted: [[Int]]
    /// Where all patterns begin.
    let starts: [Int]
    /// From here on, places are those of the model's languages; a word in none of them cannot be a claim's value.
    let languageStart: Int
}
