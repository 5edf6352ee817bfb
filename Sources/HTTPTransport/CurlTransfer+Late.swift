import CCurl

extension CurlTransfer {
    /// Has libcurl ask for the request once there is a connection.
    func awaitRequest() -> Bool {
        let context = Unmanaged.passUnretained(self).toOpaque()
        return inject_curl_set_pointer(easy, CURLOPT_PREREQDATA, context) == CURLE_OK
            && inject_curl_set_prerequest(easy, Self.prerequest) == CURLE_OK
    }

    /// Waits for the request and puts it in the place of the one that the connection was opened with.
    private func takeRequest() -> Bool {
        guard let given = late?.wait() else { return false }
        request = given.request
        reply = given.reply
        guard let list = try? CurlHeaderList(request, declaresLength: true),
            let fresh = try? PartialResponse(maximumBodyBytes: request.maximumBodyBytes),
            inject_curl_set_pointer(easy, CURLOPT_HTTPHEADER, list.head) == CURLE_OK,
            inject_curl_set_long(easy, CURLOPT_TIMEOUT_MS, age + request.timeout.milliseconds) == CURLE_OK
        else { return false }
        headers = list
        answer = fresh
        return true
    }

    /// How long libcurl has been at it, in milliseconds: its timeout counts from the start of the connection.
    private var age: Int { Int(RetryClock.system.milliseconds() - startedAt) }

    private static let prerequest:
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?, Int32, Int32
        ) -> Int32 = { context, _, _, _, _ in
            guard let context else { return CURL_PREREQFUNC_ABORT }
            let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
            return transfer.takeRequest() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }
}
