import Broker
import Diagnostics
import InjectTesting
import Secrets
import Synchronization
import Testing

@Suite("ValueCache")
struct ValueCacheTests {
    /// A store that counts how often it is asked for what.
    private final class Store: Sendable {
        private struct State {
            var asked: [[SecretReference]] = []
            var isDown = false
        }

        private let state = Mutex(State())
        var asked: [[SecretReference]] { state.withLock { $0.asked } }

        func fail(_ isDown: Bool) { state.withLock { $0.isDown = isDown } }

        func values(of references: [SecretReference]) -> ValueCache.Answers {
            let (number, isDown) = state.withLock { state in
                state.asked.append(references)
                return (state.asked.count, state.isDown)
            }
            let pairs = references.map { reference -> (SecretReference, Result<StoredValue, Diagnostic>) in
                guard !isDown, let bytes = try? SecretBytes.of("value \(number)") else {
                    return (reference, .failure(Diagnostic(Diagnostic.ID("down"), "down")))
                }
                return (reference, .success(StoredValue(bytes, version: "v\(number)")))
            }
            return Dictionary(pairs) { first, _ in first }
        }
    }

    private let store = Store()
    private let clock = FakeClock(1000)

    private static func reference(_ name: String) -> SecretReference {
        .secretsManager(id: name, key: nil, version: nil)
    }
    private let first = [reference("a")]

    private func cache(_ lifetime: Int64) -> ValueCache {
        let (store, clock) = (store, clock)
        return ValueCache(lifetime: lifetime, now: { clock.now }, fetch: { store.values(of: $0) })
    }

    private func version(_ cache: ValueCache) async -> String? {
        try? await cache.values(of: first)[first[0]]?.get().version
    }

    @Test("a value serves until its time is over, and not a second longer")
    func lifetime() async {
        let cache = cache(60)
        #expect(await version(cache) == "v1")
        clock.advance(59)
        #expect(await version(cache) == "v1")
        clock.advance(1)
        #expect(await version(cache) == "v2")
        #expect(store.asked.count == 2)
    }

    @Test("a clock that was set back makes no value live longer")
    func setBack() async {
        let cache = cache(60)
        _ = await version(cache)
        clock.advance(-1)
        #expect(await version(cache) == "v2")
    }

    @Test("only what is missing is fetched, all of it at once")
    func batch() async {
        let cache = cache(60)
        _ = await cache.values(of: first)
        let all = ["a", "b", "c"].map(Self.reference)
        #expect(await cache.values(of: all).count == 3)
        #expect(store.asked == [first, Array(all.dropFirst())])
    }

    @Test("without a lifetime every request fetches for itself, and nothing is kept")
    func none() async {
        let cache = cache(0)
        #expect(await [version(cache), version(cache)] == ["v1", "v2"])
        #expect(await cache.count == 0)
    }

    @Test("a failure is told, and is not kept")
    func failure() async {
        let cache = cache(60)
        store.fail(true)
        #expect(await version(cache) == nil)
        store.fail(false)
        #expect(await version(cache) == "v2")
    }

    @Test("all who ask while a fetch is under way share it")
    func shared() async {
        let (store, gate, clock) = (store, Gate(count: 2), clock)
        let reference = first[0]
        let fetch = { @Sendable (references: [SecretReference]) async -> ValueCache.Answers in
            await gate.arrive()
            return store.values(of: references)
        }
        let cache = ValueCache(lifetime: 60, now: { clock.now }, fetch: fetch)
        let versions = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<100 {
                group.addTask { try? await cache.values(of: [reference])[reference]?.get().version }
            }
            await gate.arrive()
            return await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(versions == ["v1"] && store.asked.count == 1)
    }

    @Test("a fetch that takes longer than values live is not shared with who comes later, and its value is not kept")
    func slow() async throws {
        let (store, began, go, clock) = (store, Gate(count: 2), Gate(count: 2), clock)
        let reference = first[0]
        let isFirst = Mutex(true)
        let fetch = { @Sendable (references: [SecretReference]) async -> ValueCache.Answers in
            let waits = isFirst.withLock { first in
                defer { first = false }
                return first
            }
            let answers = store.values(of: references)
            guard waits else { return answers }
            await began.arrive()
            await go.arrive()
            return answers
        }
        let cache = ValueCache(lifetime: 60, now: { clock.now }, fetch: fetch)
        async let early = cache.values(of: [reference])
        await began.arrive()
        clock.advance(60)
        #expect(try await cache.values(of: [reference])[reference]?.get().version == "v2")
        await go.arrive()
        #expect(try await early[reference]?.get().version == "v1")
        #expect(try await cache.values(of: [reference])[reference]?.get().version == "v2")
    }

    @Test("an evicted value has no owner left, which wipes it")
    func wiped() async {
        let cache = cache(60)
        weak var value: SecretBytes?
        value = try? await cache.values(of: first)[first[0]]?.get().bytes
        #expect(value != nil)
        clock.advance(60)
        await cache.evict()
        #expect(value == nil)
        #expect(await cache.count == 0)
    }
}
