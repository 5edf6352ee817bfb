/// A first policy, as far as it can be known: what is not known is a question.
struct FirstPolicy {
    /// Secrets of one place, with the grants that read them.
    struct Environment {
        let name: String
        /// The environment of GitHub that the jobs have; nil for jobs without one, and for a developer's machine.
        let jobEnvironment: String?
        var secrets: [Secret] = []
        var grants: [Grant] = []
        var questions: [String] = []
    }

    /// A secret.
    struct Secret {
        let name: String
        let from: String
        /// The variable that the jobs have it in today, where that is not its name.
        var variable: String?
    }

    /// A grant for the jobs that a few events start.
    struct Grant {
        var id: String
        var events: [String]
        let refs: [String]
        /// The workflow that the events start; nil where the repository is not known.
        let workflow: String?
        var jobs: [String] = []
        var read: [String] = []
        var questions: [String] = []
    }

    /// The repository; nil where git does not know it.
    var repository: String?
    /// The repository's number.
    var repositoryID: String?
    /// The branch that is deployed.
    var branch = "main"
    /// What a developer's machine reads, where there is anything.
    var local: Environment?
    /// The file that it reads it from.
    var localFile = ".env.local"
    /// What jobs read.
    var environments: [Environment] = []
    /// What is asked about the whole.
    var questions: [String] = []
    /// Rules that cannot be followed before a question is answered.
    var undecided: [(rule: String, question: String)] = []
}
