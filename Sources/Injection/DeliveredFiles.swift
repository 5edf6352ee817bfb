internal import Secrets

/// Where the command finds its secret files.
struct DeliveredFiles {
    /// The folder that holds them, where there is one.
    var folder: String?
    /// The absolute path of each secret's file.
    var paths: [SecretName: String] = [:]

    /// No files.
    init() {}

    /// The files of a run's folder.
    init(_ secrets: [InjectedSecret], in folder: String) {
        self.folder = folder
        for secret in secrets { paths[secret.name] = secret.delivery.file.map { folder + "/" + $0.path } }
    }
}
