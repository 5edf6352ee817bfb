package import SecretStores
package import Secrets
package import Testing

/// A store under test, with a way to plant values in it.
package protocol SecretStoreFixture {
    /// The store.
    var store: any SecretStore { get }

    /// Puts a value where the returned reference finds it.
    func plant(_ value: [UInt8], as name: SecretName) throws -> SecretReference

    /// A reference of the store's kind to nothing.
    var missing: SecretReference { get }

    /// A reference that is another store's.
    var foreign: SecretReference { get }
}

/// What every store promises; each store's tests run it on a fixture of their own.
package func expectConformance(
    of fixture: some SecretStoreFixture,
    sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let names = ["FIRST", "SECOND", "THIRD", "ABSENT"].compactMap(SecretName.init)
    let values = ["plain-value", "with spaces and = signs", "ünïcode / 漢字"].map { Array($0.utf8) }
    var requests: [SecretRequest] = []
    for (name, value) in zip(names, values) {
        requests.append(SecretRequest(name: name, reference: try fixture.plant(value, as: name)))
    }
    requests.append(SecretRequest(name: names[3], reference: fixture.missing))
    for request in requests {
        #expect(fixture.store.holds(request.reference), "it holds its own references", sourceLocation: sourceLocation)
    }
    #expect(!fixture.store.holds(fixture.foreign), "it holds no other's", sourceLocation: sourceLocation)

    let answers = await fixture.store.fetch(requests)
    #expect(answers.count == requests.count, "every name has an entry", sourceLocation: sourceLocation)
    for (name, value) in zip(names, values) {
        let answer = try answers[name]?.get()
        let isEqual = answer?.withExposedBytes { $0.elementsEqual(value) } ?? false
        #expect(isEqual, "the value of \(name) is the stored one", sourceLocation: sourceLocation)
    }
    #expect(throws: (any Error).self, "a missing one is a failure of its own", sourceLocation: sourceLocation) {
        try answers[names[3]]?.get()
    }
    #expect(await fixture.store.fetch([]).isEmpty, "nothing asked is nothing answered", sourceLocation: sourceLocation)

    let again = await fixture.store.fetch([
        requests[0], SecretRequest(name: names[1], reference: requests[0].reference),
    ])
    let both = try again.values.map { try $0.get().withExposedBytes { Array($0) } }
    #expect(both == [values[0], values[0]], "one place serves two names", sourceLocation: sourceLocation)
}
