/// Columns of text, aligned with spaces.
enum Table {
    /// The rows, each as wide as its widest cell needs, without spaces at the end of a line.
    static func text(_ rows: [[String]]) -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        var text = ""
        for row in rows {
            for (column, cell) in row.enumerated() {
                let isLast = column == row.count - 1
                text += cell + (isLast ? "\n" : String(repeating: " ", count: widths[column] - cell.count + 2))
            }
        }
        return text
    }
}
