internal import ArgumentParser
internal import Diagnostics

/// From which severity on a finding fails the command.
enum FailureThreshold: String, CaseIterable, ExpressibleByArgument {
    case error
    case warning
    case note

    func includes(_ severity: Diagnostic.Severity) -> Bool {
        switch severity {
        case .error: true
        case .warning: self != .error
        case .note: self == .note
        }
    }
}
