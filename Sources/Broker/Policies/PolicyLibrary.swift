package import Diagnostics
internal import Synchronization

/// The policies in force: those of the last folder that was good as a whole.
package final class PolicyLibrary: Sendable {
    private struct State {
        var set: PolicySet
        var isStale = false
    }

    private let folder: PolicyFolder
    private let state: Mutex<State>

    /// Reads a folder, which has to be good.
    package init(_ folder: PolicyFolder) throws(DiagnosticList) {
        self.folder = folder
        state = Mutex(State(set: try folder.load()))
    }

    /// The policies in force.
    package var current: PolicySet { state.withLock { $0.set } }

    /// Whether the folder was bad when it was last read.
    package var isStale: Bool { state.withLock { $0.isStale } }

    /// Reads the folder anew; a bad one changes nothing but `isStale`.
    package func reload() throws(DiagnosticList) {
        do throws(DiagnosticList) {
            let set = try folder.load()
            state.withLock { $0 = State(set: set) }
        } catch {
            state.withLock { $0.isStale = true }
            throw error
        }
    }
}
