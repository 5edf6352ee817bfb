internal import CInjectShims
internal import Glibc
internal import Secrets

/// What the process does before it touches a secret.
package enum ProcessHardening {
    /// Forbids core dumps, crash reports and reading by other processes, and drops variables that would log TLS keys or load code.
    ///
    /// To be called first of all, while there is one thread. The command does not inherit them either; `LD_LIBRARY_PATH`,
    /// which builds need, stays.
    package static func apply() {
        inject_share_arena()
        inject_fill_standard_descriptors()
        _ = inject_forbid_reading()
        CrashReports.forbid()
        for name in ["SSLKEYLOGFILE", "LD_PRELOAD", "LD_AUDIT", "OPENSSL_CONF", "OPENSSL_MODULES"] {
            unsetenv(name)
        }
    }
}
