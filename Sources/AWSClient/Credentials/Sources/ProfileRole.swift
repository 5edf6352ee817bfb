import Diagnostics

/// The role of a profile and how it is to be taken on.
struct ProfileRole {
    let profile: Profile
    let role: String

    /// The request, with the code of the device that the profile names.
    func request(
        now: Int64,
        code: @Sendable (_ device: String) -> DeviceCode
    ) throws(Diagnostic) -> AssumeRoleRequest {
        _ = try RoleARN(role)
        let name = try profile.text("role_session_name")
        var request = AssumeRoleRequest(role: role, sessionName: name ?? "inject-\(now)")
        request.externalID = try profile.text("external_id")
        request.durationSeconds = try duration()
        if let device = try profile.text("mfa_serial") {
            request.mfa = (device, try self.code(of: device, code))
        }
        return request
    }

    private func duration() throws(Diagnostic) -> Int? {
        guard let text = try profile.text("duration_seconds") else { return nil }
        guard let seconds = Int(text), (900...43_200).contains(seconds) else {
            throw unusable("duration_seconds", "is no number from 900 to 43200")
        }
        return seconds
    }

    private func code(of device: String, _ ask: @Sendable (String) -> DeviceCode) throws(Diagnostic) -> String {
        let answer: String
        switch ask(device.printable(limit: 200)) {
        case .typed(let text): answer = text
        case .cancelled: throw unusable("mfa_serial", "needs a code, and the question for it was cancelled")
        case .unasked: throw unusable("mfa_serial", "needs a code, and there is no terminal to ask for it")
        }
        guard answer.utf8.count == 6, answer.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw unusable("mfa_serial", "needs a code of six digits")
        }
        return answer
    }

    private func unusable(_ setting: String, _ reason: String) -> Diagnostic {
        Diagnostic(
            .awsCredentialsUnusable, "`\(setting)` of profile `\(profile.name)` \(reason)",
            at: profile.place(of: setting)
        )
    }
}
