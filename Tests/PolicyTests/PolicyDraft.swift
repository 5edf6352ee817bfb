import Diagnostics
import Policy
import Testing

/// A small policy of which a test changes one part.
struct PolicyDraft: Sendable, CustomTestStringConvertible {
    var head = "repository: acme/shop"
    var environment = ""
    var secrets = "KEY: { from: \"file:key\" }"
    var grants = "- { id: a, when: { event_name: push }, read: KEY }"
    var rest = ""

    var testDescription: String { text }

    var text: String {
        """
        version: "1"
        \(head)
        environments:
          ci:
            \(environment)
            secrets:
              \(secrets)
            grants:
              \(grants)
        \(rest)
        """
    }

    /// Each thing found, as `ID «what the caret is below»: MESSAGE`.
    static func findings(_ text: String) -> [String] {
        do {
            _ = try ExamplePolicy.parsed(text)
            return []
        } catch let list as DiagnosticList {
            return list.diagnostics.map { found in
                guard case .span(let span, _) = found.place else { return "\(found.id): \(found.message)" }
                let excerpt = String(decoding: span.source.bytes[span.range], as: UTF8.self)
                return "\(found.id) «\(excerpt)»: \(found.message)"
            }
        } catch {
            return ["\(error)"]
        }
    }

    /// What the user reads, whole.
    static func rendered(_ text: String) -> String {
        do {
            _ = try ExamplePolicy.parsed(text)
            return ""
        } catch let list as DiagnosticList {
            return list.diagnostics.map(\.text).joined()
        } catch {
            return "\(error)"
        }
    }
}
