/// The mark of RSA keys made by Infineon's library, which can be factored (CVE-2017-15361).
///
/// Its primes are `k·M + 65537^a mod M`, where M is a product of small primes, so modulo each of those primes the
/// modulus is a power of 65537 (Nemec et al., "The Return of Coppersmith's Attack", section 2.3). OpenSSL has no such
/// check. An honest modulus has the mark with a probability of about 2^-27.
enum ROCAFingerprint {
    /// Whether a big-endian modulus has the mark.
    static func matches(_ modulus: [UInt8]) -> Bool {
        primes.allSatisfy { prime in
            let remainder = modulus.reduce(UInt32(0)) { ($0 << 8 | UInt32($1)) % prime }
            return powers(modulo: prime).contains(remainder)
        }
    }

    private static func powers(modulo prime: UInt32) -> Set<UInt32> {
        var powers: Set<UInt32> = []
        var power: UInt32 = 1
        while powers.insert(power).inserted { power = power * (65537 % prime) % prime }
        return powers
    }

    /// The odd primes of the smallest M, that of 512-bit keys; the M of longer keys contain them.
    private static let primes: [UInt32] = [
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107,
        109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
    ]
}
