import CMicroHTTPD
import Synchronization

extension HTTPServer {
  /// A connection is there, or gone: its first request is expected within a time.
  func note(_ socket: Int32, isOpen: Bool) {
    guard socket >= 0 else { return }
    let deadline = Deadline(second: soon, isOfRequest: true)
    state.withLock { state in
      state.deadlines[socket] = isOpen ? deadline : nil
      state.late.remove(socket)
    }
  }

  /// The second until which one may say nothing.
  private var soon: Int64 { monotonicSeconds() + Int64(limits.idleSecondsMaximum) }

  /// A head is there: decides whether its body is worth reading.
  func begin(_ exchange: Exchange) -> MHD_Result {
    let socket = mhd_socket(exchange.connection)
    let deadline = deadline(of: exchange)
    let isInTime = state.withLock { state in
      state.inFlight += 1
      return state.expect(deadline, on: socket)
    }
    guard isInTime else { return .NO }
    if exchange.headBytes > limits.headBytesMaximum {
      return send(headTooLarge, exchange, closing: true)
    }
    if let trouble = exchange.trouble {
      return send(plain(400, "bad_request", trouble), exchange, closing: true)
    }
    if let announced = exchange.announcedBytes {
      if announced > limits.bodyBytesMaximum { return send(tooLarge, exchange, closing: true) }
      let isRoom = state.withLock { $0.bytesInFlight + announced <= limits.bytesInFlightMaximum }
      if !isRoom { return send(busy, exchange, closing: true) }
    }
    return .YES
  }

  /// When more of a request must be there.
  private func deadline(of exchange: Exchange) -> Deadline {
    let end = exchange.startedAt + Int64(limits.readingSecondsMaximum)
    return Deadline(second: min(soon, end), isOfRequest: true)
  }

  /// A part of the body is there.
  func add(_ bytes: UnsafeBufferPointer<UInt8>, to exchange: Exchange) -> MHD_Result {
    let socket = mhd_socket(exchange.connection)
    let deadline = deadline(of: exchange)
    guard state.withLock({ $0.expect(deadline, on: socket) }) else { return .NO }
    guard exchange.response == nil else { return .YES }
    let size = exchange.body.count + bytes.count
    if size > limits.bodyBytesMaximum {
      exchange.response = tooLarge
    } else if size > exchange.countedBytes, !take(size - exchange.countedBytes, for: exchange) {
      exchange.response = busy
    } else {
      exchange.body.append(contentsOf: bytes)
    }
    return .YES
  }

  /// Everything is there: has it answered, and sends the answer when there is one.
  func finish(_ exchange: Exchange) -> MHD_Result {
    if exchange.hasBeenAsked, let response = exchange.response {
      return send(response, exchange, closing: false)
    }
    let socket = mhd_socket(exchange.connection)
    guard state.withLock({ $0.expect(nil, on: socket) }) else { return .NO }
    if let response = exchange.response { return send(response, exchange, closing: false) }
    guard let target = exchange.target else {
      return send(plain(400, "bad_request", "its path can be none"), exchange, closing: true)
    }
    guard !exchange.hasBeenAsked else { return .NO }
    exchange.hasBeenAsked = true
    let request = exchange.request(target)
    let handler = handler
    if isQuick(request) { return send(handler(request), exchange, closing: false) }
    state.withLock { $0.suspended += 1 }
    MHD_suspend_connection(exchange.connection)
    let isTaken = workers.submit { self.resume(exchange, with: handler(request)) }
    if !isTaken { resume(exchange, with: busy) }
    return .YES
  }

  private func resume(_ exchange: Exchange, with response: HTTPResponse) {
    exchange.response = response
    MHD_resume_connection(exchange.connection)
    state.withLock { $0.suspended -= 1 }
  }

  /// A request is over; another one may come on its connection, and need not.
  func end(_ exchange: Exchange) {
    let socket = mhd_socket(exchange.connection)
    let deadline = Deadline(second: soon, isOfRequest: false)
    state.withLock { state in
      state.inFlight -= 1
      state.bytesInFlight -= exchange.countedBytes
      if socket >= 0 { state.deadlines[socket] = deadline }
    }
  }

  private func take(_ bytes: Int, for exchange: Exchange) -> Bool {
    let isTaken = state.withLock { state in
      guard state.bytesInFlight + bytes <= limits.bytesInFlightMaximum else { return false }
      state.bytesInFlight += bytes
      return true
    }
    if isTaken { exchange.countedBytes += bytes }
    return isTaken
  }

  private func send(_ response: HTTPResponse, _ exchange: Exchange, closing: Bool) -> MHD_Result {
    // The library copies the bytes and writes none of them, whatever its pointer says.
    let made = response.body.withUnsafeBytes {
      MHD_create_response_from_buffer(
        $0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress), .RESPMEM_MUST_COPY)
    }
    guard let made else { return .NO }
    for header in response.headers {
      _ = MHD_add_response_header(made, header.name, header.value)
    }
    let socket = mhd_socket(exchange.connection)
    let isStopping = state.withLock { state in
      // Nothing may be written beside an answer, however slowly it is read.
      state.deadlines[socket] = nil
      return state.isStopping
    }
    if closing || isStopping { _ = MHD_add_response_header(made, "Connection", "close") }
    defer { MHD_destroy_response(made) }
    return MHD_queue_response(exchange.connection, UInt32(response.status), made)
  }

  private var headTooLarge: HTTPResponse {
    plain(431, "head_too_large", "a head has at most \(limits.headBytesMaximum) bytes")
  }

  private var tooLarge: HTTPResponse {
    plain(413, "body_too_large", "a body has at most \(limits.bodyBytesMaximum) bytes")
  }

  /// What is sent to somebody whose request does not come.
  var requestTimeout: HTTPResponse {
    plain(408, "request_timeout", "the request did not come in time")
  }

  private var busy: HTTPResponse {
    var response = plain(503, "busy", "too much is being answered; try again")
    response.headers.append(.init("Retry-After", "1"))
    return response
  }

  /// A problem that is found before anybody is asked.
  private func plain(_ status: Int, _ code: String, _ detail: String) -> HTTPResponse {
    let title =
      switch status {
      case 408: "Request Timeout"
      case 413: "Content Too Large"
      case 414: "URI Too Long"
      case 431: "Request Header Fields Too Large"
      case 503: "Service Unavailable"
      default: "Bad Request"
      }
    let text =
      #"{"type":"about:blank","title":"\#(title)","status":\#(status),"code":"\#(code)","#
      + #""detail":"\#(detail)"}"#
    return HTTPResponse(
      status: status, headers: [.init("Content-Type", "application/problem+json")],
      body: Array(text.utf8))
  }
}
