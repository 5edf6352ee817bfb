import CCurl

extension CurlTransfer {
    /// Has libcurl hand over what arrives and fetch what is sent.
    func applyCallbacks() -> Bool {
        let context = Unmanaged.passUnretained(self).toOpaque()
        let pointers = [CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_READDATA, CURLOPT_SEEKDATA]
        return pointers.allSatisfy { inject_curl_set_pointer(easy, $0, context) == CURLE_OK }
            && inject_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, detail) == CURLE_OK
            && inject_curl_set_callback(easy, CURLOPT_WRITEFUNCTION, Self.write) == CURLE_OK
            && inject_curl_set_callback(easy, CURLOPT_HEADERFUNCTION, Self.header) == CURLE_OK
            && inject_curl_set_callback(easy, CURLOPT_READFUNCTION, Self.read) == CURLE_OK
            && inject_curl_set_seek(easy, Self.seek) == CURLE_OK
    }

    private typealias DataCallback =
        @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int

    private static let write: DataCallback = { bytes, size, count, context in
        guard let transfer = of(context) else { return 0 }
        let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return transfer.answer.appendBody(part) ? part.count : -1
    }

    private static let header: DataCallback = { bytes, size, count, context in
        guard let transfer = of(context) else { return 0 }
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return transfer.answer.appendHeader(line) ? line.count : -1
    }

    private static let read: DataCallback = { room, size, count, context in
        guard let transfer = of(context) else { return 0 }
        let room = UnsafeMutableRawBufferPointer(start: room, count: size * count)
        let copied = transfer.request.body.copy(from: transfer.sentCount, into: room)
        transfer.sentCount += copied
        return copied
    }

    /// libcurl goes back to the start when a reused connection turns out to be closed.
    private static let seek: @convention(c) (UnsafeMutableRawPointer?, curl_off_t, Int32) -> Int32 = {
        context, offset, origin in
        guard let transfer = of(context), origin == 0, let count = transfer.request.body.count,
            (0...curl_off_t(count)).contains(offset)
        else { return CURL_SEEKFUNC_FAIL }
        transfer.sentCount = Int(offset)
        return CURL_SEEKFUNC_OK
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
        context.map { Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
    }
}
