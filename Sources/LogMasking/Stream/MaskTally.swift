/// Counts what is masked, by name; where the report's definitions are kept.
struct MaskTally {
    private struct Line {
        var count = 0
        var firstLine = 0
        var form = ""
        /// The last run the name was counted in.
        var run = 0
        /// The longest match of the first run, and the place of its form.
        var longest = 0
        var rank = 0
    }

    private var table = NameTable()
    private var lines: [Line] = []
    /// The place in `lines` of each name of the patterns in use.
    private var places: [Int] = []
    /// The last run each pattern of those in use was credited in.
    private var credited: [Int] = []
    private var run = 0
    private var runLine = 0

    /// What was counted so far.
    var report: MaskReport {
        MaskReport(
            entries: zip(table.names, lines).filter { $1.count > 0 }.map {
                MaskReport.Entry(name: $0, count: $1.count, form: $1.form, firstLine: $1.firstLine)
            }
        )
    }

    /// Goes on with other patterns; names that were counted stay.
    mutating func use(_ patterns: MaskPatterns) {
        places = patterns.names.map { table.place(of: $0) }
        while lines.count < table.names.count { lines.append(Line()) }
        credited = [Int](repeating: 0, count: patterns.set.ranges.count)
    }

    /// A mask was shown on a line: what is credited from now on belongs to it.
    mutating func beginRun(onLine line: Int) {
        run += 1
        runLine = line
    }

    /// Credits a match and, where an automaton found it, all matches that end with it.
    mutating func credit(_ match: PatternMatch, of patterns: MaskPatterns, _ tables: AutomatonTables?) {
        guard !match.isInterrupted else { return creditInterrupted(match, of: patterns) }
        var index = match.pattern
        // What a pattern ends with is the same at every match of it, so once a run is enough.
        while credited[index] != run {
            credited[index] = run
            for credit in patterns.set.credits(of: index) {
                let place = places[credit.name]
                count(place)
                let length = patterns.set.ranges[index].count
                describe(place, length: length, rank: credit.form, form: patterns.forms[credit.form])
            }
            guard let tables, tables.shorter[index] != 0 else { return }
            index = Int(tables.shorter[index]) - 1
        }
    }

    private mutating func creditInterrupted(_ match: PatternMatch, of patterns: MaskPatterns) {
        for credit in patterns.set.credits(of: match.pattern) {
            let place = places[credit.name]
            count(place)
            describe(place, length: match.range.count, rank: patterns.forms.count, form: MaskForms.interrupted)
        }
    }

    private mutating func count(_ place: Int) {
        guard lines[place].run != run else { return }
        lines[place].run = run
        lines[place].count += 1
        if lines[place].count == 1 { lines[place].firstLine = runLine }
    }

    private mutating func describe(_ place: Int, length: Int, rank: Int, form: String) {
        guard lines[place].count == 1 else { return }
        let (longest, best) = (lines[place].longest, lines[place].rank)
        guard length > longest || (length == longest && rank < best) else { return }
        lines[place].longest = length
        lines[place].rank = rank
        lines[place].form = form
    }
}
