internal import CInjectShims

/// What is written of a process's memory when it crashes.
package enum CrashReports {
    /// Forbids core files and the reports of Swift's runtime, which show registers and what they point to.
    ///
    /// To be called before the process has a secret.
    package static func forbid() { inject_forbid_crash_reports() }
}
