internal import Glibc

/// Why the last system call failed, as the system words it, lower case.
enum SystemReason {
    static var current: String { String(cString: strerror(errno)).lowercased() }
}
