import CCurl
import Glibc

/// The system's certificates, where nobody named others.
///
/// Reading a bundle of some 140 certificates takes longer than the handshake it is for, and each connection reads it. The
/// folder beside it holds the same certificates under the hashes of their subjects, of which OpenSSL opens the one it needs
/// (SSL_CTX_load_verify_locations(3)).
enum SystemTrust {
    /// The bundle that libcurl was built for, or nil for none.
    static let bundle = version?.cainfo.map { String(cString: $0) }

    private static var version: curl_version_info_data? {
        CurlGlobal.isReady ? inject_curl_version_info(CURLVERSION_SEVENTH)?.pointee : nil
    }

    /// Whether the folder that libcurl was built for is enough.
    static let isFolderEnough: Bool = {
        guard let bundle, let folder = version?.capath else { return false }
        return isEnough(folder: String(cString: folder), beside: bundle)
    }()

    /// Whether a folder holds what a bundle does: it has hashes, and was changed no earlier.
    ///
    /// A certificate that was added to the bundle by hand is not in the folder.
    static func isEnough(folder: String, beside bundle: String) -> Bool {
        var (folderInfo, bundleInfo) = (stat(), stat())
        guard stat(folder, &folderInfo) == 0, stat(bundle, &bundleInfo) == 0, hasHashes(folder) else { return false }
        let (changed, written) = (folderInfo.st_mtim, bundleInfo.st_mtim)
        return (changed.tv_sec, changed.tv_nsec) >= (written.tv_sec, written.tv_nsec)
    }

    /// `openssl rehash` names its links `HHHHHHHH.N`.
    private static func hasHashes(_ path: String) -> Bool {
        guard let folder = opendir(path) else { return false }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in Array(bytes.prefix { $0 != 0 }) }
            let digits = name.prefix { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            if digits.count == 8, name.dropFirst(8).elementsEqual(".0".utf8) { return true }
        }
        return false
    }
}
