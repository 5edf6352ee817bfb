package import Diagnostics
package import Secrets

/// Values of a store that is far away, kept for a short time; whoever asks for the same one meanwhile shares one fetch.
///
/// A value's age counts from the moment its fetch began, so that none is given out later than its time after it was read.
/// Refusals are not kept. What is dropped is wiped, once nobody is sending it any more.
package actor ValueCache {
    /// The values of some references; every one of them has an entry.
    package typealias Answers = [SecretReference: Result<StoredValue, Diagnostic>]

    private struct Entry {
        let value: StoredValue
        let start: Int64
    }

    private struct Flight {
        let task: Task<Answers, Never>
        let start: Int64
    }

    /// Each value locks a page of memory.
    private static let mostEntries = 4096

    private let lifetime: Int64
    private let now: @Sendable () -> Int64
    private let fetch: @Sendable ([SecretReference]) async -> Answers
    private var entries: [SecretReference: Entry] = [:]
    private var flights: [SecretReference: Flight] = [:]
    private var eviction: Task<Void, Never>?

    /// Keeps values for so many seconds of `now`, a clock that never goes back; with 0, none is kept and no fetch shared.
    package init(
        lifetime: Int64,
        now: @escaping @Sendable () -> Int64,
        fetch: @escaping @Sendable ([SecretReference]) async -> Answers
    ) {
        self.lifetime = lifetime
        self.now = now
        self.fetch = fetch
    }

    /// How many values are kept.
    package var count: Int { entries.count }

    /// The values of some references, no two of which are the same.
    package func values(of references: [SecretReference]) async -> Answers {
        guard lifetime > 0 else { return await fetch(references) }
        evict()
        var answers: Answers = [:]
        var missing: [SecretReference] = []
        var shared: [SecretReference: Flight] = [:]
        for reference in references {
            if let entry = entries[reference] {
                answers[reference] = .success(entry.value)
            } else if let flight = flights[reference], isYoung(flight.start) {
                shared[reference] = flight
            } else {
                missing.append(reference)
            }
        }
        if !missing.isEmpty { answers.merge(await start(missing).value) { first, _ in first } }
        for (reference, flight) in shared { answers[reference] = await flight.task.value[reference] }
        return answers
    }

    /// Drops what is too old.
    package func evict() {
        entries = entries.filter { isYoung($0.value.start) }
    }

    private func isYoung(_ start: Int64) -> Bool { (0..<lifetime).contains(now() - start) }

    private func start(_ references: [SecretReference]) -> Task<Answers, Never> {
        let start = now()
        // A task of its own: whoever asked first may be gone while others still wait.
        let task = Task { land(await fetch(references), start) }
        for reference in references { flights[reference] = Flight(task: task, start: start) }
        return task
    }

    private func land(_ answers: Answers, _ start: Int64) -> Answers {
        if entries.count + answers.count > Self.mostEntries { entries = [:] }
        for (reference, answer) in answers {
            if flights[reference]?.start == start { flights[reference] = nil }
            if case .success(let value) = answer, isYoung(start) {
                entries[reference] = Entry(value: value, start: start)
            }
        }
        evictLater()
        return answers
    }

    /// What nobody asks for again must not stay either.
    private func evictLater() {
        guard eviction == nil, !entries.isEmpty else { return }
        eviction = Task { [weak self, lifetime] in
            try? await Task.sleep(for: .seconds(lifetime))
            await self?.evictAndGoOn()
        }
    }

    private func evictAndGoOn() {
        eviction = nil
        evict()
        evictLater()
    }
}
