import Policy

/// The places of all secrets of policies' protected environments.
struct GuardedPlaces {
    private var places: [SecretPlace.Name: [SecretPlace]] = [:]

    init(of policies: [PolicyFile]) {
        for environment in policies.flatMap(\.environments) where environment.isProtected {
            for secret in environment.secrets {
                let place = SecretPlace(secret, of: environment)
                for name in place.names { places[name, default: []].append(place) }
            }
        }
    }

    /// Whether a protected environment has what is at a place.
    func hold(_ place: SecretPlace) -> Bool {
        place.names.contains { places[$0, default: []].contains(where: place.meets) }
    }
}
