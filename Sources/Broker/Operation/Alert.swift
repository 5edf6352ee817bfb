/// Something that a person should look at.
package struct Alert: Hashable, Sendable {
    /// The kinds.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// One address or one actor failed more often than mistakes explain.
        case failedAuthentications = "failed-authentications"
        /// A job's token was shown twice.
        case replay
        /// A workflow read a secret for the first time since the broker started.
        case firstUse = "first-use"
        /// A break-glass grant was used.
        case breakGlass = "break-glass"
        /// An event could not be recorded.
        case auditFailure = "audit-failure"
        /// The policies could not be read anew.
        case policiesRefused = "policies-refused"
        /// The certificate could not be read anew.
        case certificateRefused = "certificate-refused"
    }

    /// The kind.
    package let kind: Kind
    /// What about; never a value or a token.
    package let detail: String

    /// Describes an alert.
    package init(_ kind: Kind, detail: String) {
        self.kind = kind
        self.detail = detail
    }
}

/// Who is told of alerts.
package protocol AlertSink: Sendable {
    /// Takes an alert; must not wait for anybody.
    func raise(_ alert: Alert) async
}
