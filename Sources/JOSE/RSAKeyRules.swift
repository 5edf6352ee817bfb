/// What an RSA key must be before a signature of it counts.
enum RSAKeyRules {
    /// Returns why the key is refused, or nil.
    static func refusal(modulus: [UInt8], exponent: [UInt8]) -> String? {
        let modulus = Array(modulus.drop { $0 == 0 })
        let bits = bitCount(modulus)
        guard (2048...8192).contains(bits) else { return "its modulus has \(bits) bits, not 2048 to 8192" }
        let exponent = Array(exponent.drop { $0 == 0 })
        guard exponent.count <= 8, let last = exponent.last else { return "its exponent is out of range" }
        let value = exponent.reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        guard last & 1 == 1, value >= 65_537 else { return "its exponent is not odd and at least 65537" }
        guard let lowest = modulus.last, lowest & 1 == 1 else { return "its modulus is even" }
        return isROCA(modulus) ? "it has the ROCA fingerprint (CVE-2017-15361)" : nil
    }

    private static func bitCount(_ number: [UInt8]) -> Int {
        guard let first = number.first else { return 0 }
        return number.count * 8 - first.leadingZeroBitCount
    }

    /// Whether the modulus is a power of 65537 modulo each of the small primes.
    ///
    /// Keys of the broken generator always are; another key is by chance in fewer than one of 2^27 cases (Nemec et al.,
    /// "The Return of Coppersmith's Attack", 2017).
    private static func isROCA(_ modulus: [UInt8]) -> Bool {
        smallPrimes.allSatisfy { prime in
            let residue = modulus.reduce(0) { ($0 << 8 | Int($1)) % prime }
            return powers(modulo: prime).contains(residue)
        }
    }

    private static func powers(modulo prime: Int) -> Set<Int> {
        var powers: Set<Int> = []
        var power = 1
        while powers.insert(power).inserted { power = power * 65_537 % prime }
        return powers
    }

    private static let smallPrimes = [
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
        113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
    ]
}
