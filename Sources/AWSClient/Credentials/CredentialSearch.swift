import Diagnostics
import Secrets

/// One walk along the places where credentials may be.
struct CredentialSearch {
    private let surroundings: CredentialSurroundings
    private let profiles: SharedProfiles
    private let profileName: String
    private let isProfileNamed: Bool

    init(_ surroundings: CredentialSurroundings) throws(Diagnostic) {
        self.surroundings = surroundings
        let environment = surroundings.environment
        let named = environment.text("AWS_PROFILE") ?? environment.text("AWS_DEFAULT_PROFILE")
        profiles = try SharedProfiles(environment)
        profileName = named ?? "default"
        isProfileNamed = named != nil
    }

    /// The region that requests are meant for.
    var region: String? {
        get throws(Diagnostic) {
            let environment = surroundings.environment
            if let region = environment.text("AWS_REGION") ?? environment.text("AWS_DEFAULT_REGION") { return region }
            return try profiles.profile(profileName)?.text("region")
        }
    }

    /// The first credentials there are.
    func credentials() async throws(Diagnostic) -> AWSCredentials {
        let profile = profiles.profile(profileName)
        guard profile != nil || !isProfileNamed else {
            throw Diagnostic(
                .awsCredentialsMissing, "there is no profile `\(profileName.printable(limit: 100))`",
                [.help("mend `AWS_PROFILE`, or write the profile into ~/.aws/config")]
            )
        }
        if let found = try EnvironmentCredentials.find(surroundings.environment) { return found }
        if let profile, let found = try await role(of: profile, after: []) { return found }
        if let found = try await webIdentity(profile, readsVariables: true) { return found }
        if let profile, let found = try await own(profile) { return found }
        let container = ContainerCredentials(surroundings: surroundings)
        if let found = try await container.find() { return found }
        if let found = try await InstanceCredentials(surroundings: surroundings).find() { return found }
        throw missing(profile)
    }

    // MARK: - Profiles

    /// A session of the profile's role, or nil where it has none; `visited` are the profiles that led here.
    private func role(of profile: Profile, after visited: [String]) async throws(Diagnostic) -> AWSCredentials? {
        guard let role = try profile.text("role_arn"), !profile.has("web_identity_token_file") else { return nil }
        let source = try await sourceCredentials(of: profile, after: visited)
        let request = try ProfileRole(profile: profile, role: role)
            .request(now: surroundings.outside.now(), code: surroundings.code)
        let sts = try sts()
        do throws(AWSError) { return try await sts.assumeRole(request, signedBy: source) } catch {
            throw error.noSession(
                of: role, "AWS does not let profile `\(profile.name)` become `\(role)`",
                at: profile.place(of: "role_arn"),
                help: error.credentialsFault?.help
                    ?? "check that the role trusts the credentials it is taken on with, and that they may `sts:AssumeRole`"
            )
        }
    }

    private func sourceCredentials(
        of profile: Profile,
        after visited: [String]
    ) async throws(Diagnostic) -> AWSCredentials {
        let sourceProfile = try profile.text("source_profile")
        let place = profile.place(of: "role_arn")
        switch (sourceProfile, try profile.text("credential_source")) {
        case (.some, .some):
            throw unusable(profile, "has both `source_profile` and `credential_source`", "keep one of them", place)
        case (nil, nil):
            let help = "add `source_profile`, whose credentials are exchanged for the role's"
            throw unusable(profile, "has a `role_arn`, and nothing to become it with", help, place)
        case (nil, let source?): return try await named(source, profile)
        case (let name?, nil): return try await source(name, of: profile, after: visited)
        }
    }

    private func source(
        _ name: String,
        of profile: Profile,
        after visited: [String]
    ) async throws(Diagnostic) -> AWSCredentials {
        let place = profile.place(of: "source_profile")
        guard let source = profiles.profile(name) else {
            let help = "write the profile, or mend the name"
            throw unusable(profile, "needs a profile `\(name.printable(limit: 100))`, which is not there", help, place)
        }
        let isItself = name.utf8.elementsEqual(profile.name.utf8)
        let isVisited = (visited + [profile.name]).contains { $0.utf8.elementsEqual(name.utf8) }
        let hasKeys = source.has("aws_access_key_id") || source.has("aws_secret_access_key")
        guard !isVisited || (isItself && hasKeys) else {
            throw unusable(profile, "leads back to itself through `source_profile`", "end the chain with keys", place)
        }
        if !hasKeys, let found = try await role(of: source, after: visited + [profile.name]) { return found }
        if let found = try await webIdentity(source, readsVariables: false) { return found }
        if let found = try await own(source) { return found }
        var error = unusable(profile, "has a `source_profile` without credentials", "give `\(name)` some", place)
        if let note = identityCenter(source) { error.remarks.insert(note, at: 0) }
        throw error
    }

    private func named(_ source: String, _ profile: Profile) async throws(Diagnostic) -> AWSCredentials {
        let found: AWSCredentials?
        switch source.lowercased() {
        case "environment": found = try EnvironmentCredentials.find(surroundings.environment)
        case "ecscontainer": found = try await ContainerCredentials(surroundings: surroundings).find()
        case "ec2instancemetadata": found = try await InstanceCredentials(surroundings: surroundings).find()
        default:
            let help = "use `Environment`, `EcsContainer` or `Ec2InstanceMetadata`"
            throw unusable(profile, "has an unknown `credential_source`", help, profile.place(of: "credential_source"))
        }
        if let found { return found }
        throw unusable(
            profile, "has a `credential_source` that has no credentials here", "name another one",
            profile.place(of: "credential_source")
        )
    }

    /// Keys of the credentials file, or what the profile's program prints, or keys of the config file.
    private func own(_ profile: Profile) async throws(Diagnostic) -> AWSCredentials? {
        if let kept = profiles.credentialsFile(profile.name), let found = try keys(of: kept) { return found }
        if let command = try profile.text("credential_process") {
            return try await ProcessCredentials(command: command, profile: profile).find()
        }
        // A pair of keys stands in one file: halves of two are nobody's.
        return try profiles.configFile(profile.name).flatMap { file throws(Diagnostic) in try keys(of: file) }
    }

    private func keys(of profile: Profile) throws(Diagnostic) -> AWSCredentials? {
        guard let id = try profile.text("aws_access_key_id") else { return nil }
        guard let key = try profile.secret("aws_secret_access_key") else {
            let place = profile.place(of: "aws_access_key_id")
            throw unusable(profile, "has `aws_access_key_id` alone", "add `aws_secret_access_key`", place)
        }
        let token = try profile.secret("aws_session_token")
        return AWSCredentials(accessKeyID: id, secretAccessKey: key, sessionToken: token)
    }

    private func webIdentity(_ profile: Profile?, readsVariables: Bool) async throws(Diagnostic) -> AWSCredentials? {
        let environment = readsVariables ? surroundings.environment : EnvironmentVariables(text: [:])
        let variable = environment.text("AWS_WEB_IDENTITY_TOKEN_FILE")
        let setting = try profile?.text("web_identity_token_file")
        guard let file = variable ?? setting else { return nil }
        let role = try profile?.text("role_arn")
        let sessionName = try profile?.text("role_session_name")
        return try await WebIdentityCredentials(
            tokenFile: file,
            role: environment.text("AWS_ROLE_ARN") ?? role,
            sessionName: environment.text("AWS_ROLE_SESSION_NAME") ?? sessionName,
            origin: variable == nil ? "profile `\(profile?.name ?? "")`" : "`AWS_WEB_IDENTITY_TOKEN_FILE`"
        ).find(sts(), now: surroundings.outside.now())
    }

    private func sts() throws(Diagnostic) -> SecurityTokenService {
        // The oldest region's STS knows every account.
        let region = try region
        let settings = try AWSSettings(region: region ?? "us-east-1", environment: surroundings.environment)
        return SecurityTokenService(
            AWSConnection(settings, http: surroundings.http, surroundings: surroundings.outside)
        )
    }

    // MARK: - Messages

    private func missing(_ profile: Profile?) -> Diagnostic {
        let places = """
            looked at AWS_ACCESS_KEY_ID, profile `\(profileName)`\(profile == nil ? " (which is not there)" : ""), \
            AWS_WEB_IDENTITY_TOKEN_FILE, AWS_CONTAINER_CREDENTIALS_FULL_URI and the metadata service of this machine
            """
        return Diagnostic(
            .awsCredentialsMissing, "there are no AWS credentials",
            [.note(places)] + [profile.flatMap(identityCenter)].compactMap(\.self)
                + [.help("set `AWS_PROFILE`, or log in as you do for `aws`; in CI, use an `exchange`")]
        )
    }

    /// What leads to the credentials of a profile whose people log in by a browser; nil for any other profile.
    private func identityCenter(_ profile: Profile) -> Diagnostic.Remark? {
        guard profile.has("sso_session") || profile.has("sso_start_url") else { return nil }
        return .note(
            """
            profile `\(profile.name)` is of IAM Identity Center, which inject does not read itself; write into another one:
            credential_process = aws configure export-credentials --profile \(profile.name)
            """
        )
    }

    private func unusable(
        _ profile: Profile,
        _ what: String,
        _ help: String,
        _ place: Diagnostic.Place?
    ) -> Diagnostic {
        Diagnostic(.awsCredentialsUnusable, "profile `\(profile.name)` \(what)", at: place, [.help(help)])
    }
}
