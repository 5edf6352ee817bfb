import InjectTesting
import OpenSSLCrypto
import Testing

@Suite("Public keys")
struct PublicKeyTests {
    static let fullModulus = [0xC1] + [UInt8](repeating: 0x5A, count: 254) + [0x33]

    static func modulus(bits: Int) -> [UInt8] {
        let top = UInt8(1) << UInt8((bits - 1) % 8)
        return [top] + [UInt8](repeating: 0x5A, count: (bits + 7) / 8 - 2) + [0x33]
    }

    @Test(
        "an RSA modulus has 2048 to 8192 bits",
        arguments: [
            (1024, CryptoError.Code?.some(.modulusTooShort)), (2047, .modulusTooShort), (2048, nil), (2049, nil),
            (4096, nil), (8192, nil), (8193, .modulusTooLong), (16384, .modulusTooLong),
        ]
    )
    func modulusLength(bits: Int, refusal: CryptoError.Code?) {
        #expect(Self.refusal { try PublicKey(rsaModulus: Self.modulus(bits: bits), exponent: [1, 0, 1]) } == refusal)
    }

    @Test(
        "an RSA exponent is odd, at least 65537 and at most 64 bits",
        arguments: [
            ([], CryptoError.Code?.some(.malformedKey)), ([0], .malformedKey), ([0, 1, 0, 1], .malformedKey),
            ([1], .weakExponent), ([3], .weakExponent), ([0xFF, 0xFF], .weakExponent), ([1, 0, 0], .weakExponent),
            ([1, 0, 2], .weakExponent), ([1, 0, 1], nil), ([1, 0, 3], nil), ([1, 0, 0, 0, 1], nil),
            ([UInt8](repeating: 0xFF, count: 8), nil), ([1, 0, 0, 0, 0, 0, 0, 0, 1], .weakExponent),
        ] as [([UInt8], CryptoError.Code?)]
    )
    func exponent(exponent: [UInt8], refusal: CryptoError.Code?) {
        #expect(Self.refusal { try PublicKey(rsaModulus: Self.fullModulus, exponent: exponent) } == refusal)
    }

    @Test(
        "a modulus is odd and has one form",
        arguments: [[], [0] + fullModulus, Array(fullModulus.dropLast()) + [0x32]]
    )
    func modulusForm(modulus: [UInt8]) {
        #expect(Self.refusal { try PublicKey(rsaModulus: modulus, exponent: [1, 0, 1]) } == .malformedKey)
    }

    /// The generator of P-256 (SEC 2, version 2, section 2.4.2).
    static let generator: (x: [UInt8], y: [UInt8]) = (
        Hexadecimal.bytes("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
        Hexadecimal.bytes("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")
    )

    @Test("a point of the curve is a key, and one bit beside it is none")
    func points() {
        let (x, y) = Self.generator
        #expect(Self.refusal { try PublicKey(curve: .p256, x: x, y: y) } == nil)
        for index in 0..<32 {
            var beside = y
            beside[index] ^= 1
            #expect(Self.refusal { try PublicKey(curve: .p256, x: x, y: beside) } == .pointNotOnCurve)
        }
    }

    @Test("zeros, coordinates above the prime and coordinates of another length are no point")
    func badCoordinates() {
        let (x, y) = Self.generator
        let zeros = [UInt8](repeating: 0, count: 32)
        let ones = [UInt8](repeating: 0xFF, count: 32)
        #expect(Self.refusal { try PublicKey(curve: .p256, x: zeros, y: zeros) } == .pointNotOnCurve)
        #expect(Self.refusal { try PublicKey(curve: .p256, x: ones, y: y) } == .pointNotOnCurve)
        #expect(Self.refusal { try PublicKey(curve: .p256, x: [0] + x, y: y) } == .malformedKey)
        #expect(Self.refusal { try PublicKey(curve: .p256, x: Array(x.dropLast()), y: y) } == .malformedKey)
        #expect(Self.refusal { try PublicKey(curve: .p384, x: x, y: y) } == .malformedKey)
    }

    /// With the identity as the key, `R = identity, S = 0` solves the equation for every message.
    @Test("an Ed25519 key of small order is refused, because anybody can sign under it")
    func smallOrder() {
        let identity = [1] + [UInt8](repeating: 0, count: 31)
        let withSign = Array(identity.dropLast()) + [0x80]
        let orderEight = Hexadecimal.bytes("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
        for key in [identity, withSign, [UInt8](repeating: 0, count: 32), orderEight] {
            #expect(Self.refusal { try PublicKey(ed25519: key) } == .malformedKey)
        }
        #expect(Self.refusal { try PublicKey(ed25519: Array(identity.dropLast())) } == .malformedKey)
    }

    private static func refusal(_ body: () throws -> PublicKey) -> CryptoError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? CryptoError)?.code ?? .operationFailed
        }
    }
}
