/// What a session is asked for with credentials that there already are
/// (docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html).
package struct AssumeRoleRequest: Sendable {
    /// The role to become.
    package var role: String
    /// The name that AWS's logs show.
    package var sessionName: String
    /// How long the session lasts; the service's own default where nil.
    package var durationSeconds: Int?
    /// What the role's owner handed out to whoever may become it.
    package var externalID: String?
    /// The device whose code is sent, with the code.
    package var mfa: (serialNumber: String, code: String)?

    /// Describes a request.
    package init(
        role: String,
        sessionName: String,
        durationSeconds: Int? = nil,
        externalID: String? = nil,
        mfa: (serialNumber: String, code: String)? = nil
    ) {
        self.role = role
        self.sessionName = sessionName
        self.durationSeconds = durationSeconds
        self.externalID = externalID
        self.mfa = mfa
    }

    var form: String {
        QueryForm(action: "AssumeRole").adding("RoleArn", role).adding("RoleSessionName", sessionName)
            .adding("DurationSeconds", durationSeconds.map(String.init)).adding("ExternalId", externalID)
            .adding("SerialNumber", mfa?.serialNumber).adding("TokenCode", mfa?.code).text
    }
}
