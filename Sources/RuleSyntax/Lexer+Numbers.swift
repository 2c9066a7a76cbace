import Findings

/// The digits of a number, with what they are worth.
private struct Digits {
  var start: Int
  var end: Int
  /// Nil when they do not fit 64 bits.
  var value: Int64?
  var decimals: Int
}

extension Lexer {
  /// Reads what begins with a digit: a date, a time, a number, a percentage or an amount.
  mutating func readNumber() {
    if readDate() || readTime() { return }
    let digits = scanDigits(offset)
    if readMalformedNumber(digits) { return }
    let next = byte(at: digits.end)
    let afterBlanks = blanksEnd(digits.end)
    if next == UInt8(ascii: "%") {
      appendPercent(digits, end: digits.end + 1)
    } else if isLetter(next) || next == UInt8(ascii: "_") || isForeignLetter(at: digits.end) {
      readLetters(after: digits)
    } else if let sign = currencySign(at: afterBlanks),
      !isDigit(byte(at: afterBlanks + sign.length))
    {
      let end = afterBlanks + sign.length
      let fix = sign.code.map { "\(text(digits.start, digits.end)) \($0)" }
      let written = fix ?? "$\(text(digits.start, digits.end))"
      appendMoney(
        digits, from: offset, to: end, code: sign.code,
        finding(.currencySign, offset, end, ["sign": sign.text], write: written))
    } else if byte(at: afterBlanks) == UInt8(ascii: "%") {
      let fix = text(digits.start, digits.end) + "%"
      let problem = finding(.blankInsideLiteral, offset, afterBlanks + 1, write: fix)
      appendPercent(digits, end: afterBlanks + 1, problem)
    } else if afterBlanks > digits.end, let code = code(at: afterBlanks) {
      appendMoney(digits, from: offset, to: afterBlanks + 3, code: code)
    } else {
      appendNumber(digits, end: digits.end)
    }
  }

  /// Reads what begins with a dollar sign; only here does a comma belong to a number.
  mutating func readDollar() {
    let start = offset
    let numberStart = blanksEnd(start + 1)
    if byte(at: numberStart) == UInt8(ascii: "."), isDigit(byte(at: numberStart + 1)) {
      let digits = scanDigits(numberStart)
      let fix = "$0" + text(digits.start, digits.end)
      let problem = finding(.malformedNumber, start, digits.end, write: fix)
      return appendMoney(digits, from: start, to: digits.end, code: nil, problem)
    }
    if byte(at: numberStart) == UInt8(ascii: "-"), isDigit(byte(at: numberStart + 1)) {
      return readNegativeAmount(start, numberStart + 1)
    }
    guard isDigit(byte(at: numberStart)) else { return readStrangeCharacter() }
    let digits = scanDigits(numberStart)
    if byte(at: digits.end) == UInt8(ascii: ","), isDigit(byte(at: digits.end + 1)) {
      return readSeparatedAmount(start, numberStart)
    }
    let afterBlanks = blanksEnd(digits.end)
    let amount = text(digits.start, digits.end)
    if let code = code(at: afterBlanks) {
      let problem = finding(
        .currencySign, start, afterBlanks + 3, ["sign": "$"], write: "\(amount) \(code)")
      appendMoney(digits, from: start, to: afterBlanks + 3, code: code, problem)
    } else if isLetter(byte(at: digits.end)) || byte(at: digits.end) == UInt8(ascii: "_") {
      let end = lettersEnd(digits.end)
      let problem = finding(.numberRunsIntoLetters, start, end, ["found": text(start, end)])
      appendMoney(digits, from: start, to: end, code: nil, problem)
    } else if numberStart > start + 1 {
      let problem = finding(.blankInsideLiteral, start, digits.end, write: "$\(amount)")
      appendMoney(digits, from: start, to: digits.end, code: nil, problem)
    } else if byte(at: digits.end) == UInt8(ascii: "."), isDigit(byte(at: digits.end - 1)) {
      let end = digits.end + 1
      let hasMore = isDigit(byte(at: end))
      let problem = finding(
        .malformedNumber, start, hasMore ? scanDigits(end).end : end,
        write: hasMore ? nil : "$\(amount)")
      appendMoney(digits, from: start, to: Int(problem.span.end), code: nil, problem)
    } else {
      appendMoney(digits, from: start, to: digits.end, code: nil)
    }
  }

  /// An amount has no sign: what is taken off is written as what it is.
  private mutating func readNegativeAmount(_ start: Int, _ numberStart: Int) {
    let digits = scanDigits(numberStart)
    let fix = "$" + text(digits.start, digits.end)
    let facts = ["rule": "an amount has no sign: `\(fix) off` takes it off"]
    var problem = finding(.malformedNumber, start, digits.end, facts, write: fix)
    for index in problem.repairs.indices { problem.repairs[index].isSafe = false }
    appendMoney(digits, from: start, to: digits.end, code: nil, problem)
  }

  /// Reads a mark that another currency is written with, and the number behind it.
  mutating func readCurrencySign() -> Bool {
    let start = offset
    guard let sign = currencySign(at: start) else { return false }
    let numberStart = blanksEnd(start + sign.length)
    guard isDigit(byte(at: numberStart)) else { return false }
    var (digits, written) = joinSeparated(numberStart)
    digits.start = numberStart
    let fix = sign.code.map { "\(written) \($0)" } ?? "$\(written)"
    let problem = finding(.currencySign, start, digits.end, ["sign": sign.text], write: fix)
    appendMoney(digits, from: start, to: digits.end, code: sign.code, problem)
    return true
  }

  /// A point that no digit stands before.
  mutating func readDot() {
    guard isDigit(byte(at: offset + 1)), tokens.last.map({ Int($0.end) }) != offset else {
      return append(mark: .dot, 1)
    }
    let digits = scanDigits(offset)
    let isPercent = byte(at: digits.end) == UInt8(ascii: "%")
    let end = digits.end + (isPercent ? 1 : 0)
    let problem = finding(.malformedNumber, offset, end, write: "0" + text(digits.start, end))
    if isPercent {
      appendPercent(digits, end: end, problem)
    } else {
      appendNumber(digits, end: end, problem)
    }
  }
}

extension Lexer {
  private func scanDigits(_ start: Int) -> Digits {
    var end = digitsEnd(start)
    var value = fold(start, end, into: 0)
    var decimals = 0
    if byte(at: end) == UInt8(ascii: "."), isDigit(byte(at: end + 1)) {
      let fractionEnd = digitsEnd(end + 1)
      decimals = fractionEnd - end - 1
      value = value.flatMap { fold(end + 1, fractionEnd, into: $0) }
      if decimals > Limits.numberDecimals { value = nil }
      end = fractionEnd
    }
    return Digits(start: start, end: end, value: value, decimals: decimals)
  }

  private func fold(_ start: Int, _ end: Int, into seed: Int64) -> Int64? {
    var value = seed
    for offset in start..<end {
      let (shifted, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isStillTooLarge) = shifted.addingReportingOverflow(Int64(bytes[offset] & 0x0F))
      if isTooLarge || isStillTooLarge { return nil }
      value = sum
    }
    return value
  }

  /// Three upper-case letters that stand alone.
  private func code(at start: Int) -> String? {
    guard isCode(at: start) else { return nil }
    let next = byte(at: start + 3)
    return isWordByte(next) || isUpperCase(next) || next >= 0x80 ? nil : text(start, start + 3)
  }

  private func lettersEnd(_ start: Int) -> Int {
    var end = start
    while end < bytes.count, isWordByte(bytes[end]) || isUpperCase(bytes[end]) || bytes[end] >= 0x80
    {
      end += 1
    }
    return end
  }

  /// Whether a byte begins a character outside ASCII that is no currency sign or lookalike mark.
  private func isForeignLetter(at offset: Int) -> Bool {
    guard byte(at: offset) >= 0x80, currencySign(at: offset) == nil else { return false }
    return scalar(at: offset)?.scalar.properties.isAlphabetic ?? false
  }

  private mutating func appendNumber(_ digits: Digits, end: Int, _ problem: Finding? = nil) {
    var token = Token(
      kind: digits.decimals == 0 ? .integer : .decimal, start: offset, end: end,
      value: digits.value ?? 0)
    token.decimals = UInt8(clamping: digits.decimals)
    append(token, digits, problem)
  }

  private mutating func appendPercent(_ digits: Digits, end: Int, _ problem: Finding? = nil) {
    var token = Token(kind: .percent, start: offset, end: end, value: digits.value ?? 0)
    var problem = problem
    if digits.decimals > Limits.percentDecimals, problem == nil {
      let facts = ["decimals": "\(digits.decimals)", "limit": "\(Limits.percentDecimals)"]
      problem = finding(.percentTooFine, offset, end, facts)
      token.value = 0
    } else {
      token.decimals = UInt8(clamping: digits.decimals)
    }
    append(token, digits, problem)
  }

  private mutating func appendMoney(
    _ digits: Digits, from start: Int, to end: Int, code: String?, _ problem: Finding? = nil
  ) {
    var token = Token(kind: .money, start: start, end: end, value: digits.value ?? 0)
    token.decimals = UInt8(clamping: digits.decimals)
    token.currency = code.map { $0.utf8.reduce(0) { $0 << 8 | UInt32($1) } } ?? 0
    append(token, digits, problem)
  }

  private mutating func append(_ token: Token, _ digits: Digits, _ problem: Finding?) {
    if let problem {
      append(mended: token, problem)
    } else if digits.value == nil {
      append(mended: token, finding(.numberTooLarge, Int(token.start), Int(token.end)))
    } else {
      append(token)
    }
  }

  /// A second point, or a point that no digit follows.
  private mutating func readMalformedNumber(_ digits: Digits) -> Bool {
    guard byte(at: digits.end) == UInt8(ascii: ".") else { return false }
    var end = digits.end + 1
    while isDigit(byte(at: end)) || byte(at: end) == UInt8(ascii: ".") { end += 1 }
    let fix = end == digits.end + 1 ? text(digits.start, digits.end) : nil
    appendNumber(digits, end: end, finding(.malformedNumber, offset, end, write: fix))
    return true
  }

  /// Letters right behind a number: a unit without its blank, an ordinal, a currency code.
  private mutating func readLetters(after digits: Digits) {
    let end = lettersEnd(digits.end)
    let number = text(digits.start, digits.end)
    let letters = text(digits.end, end)
    let facts = ["found": number + letters]
    switch letters {
    case "st", "nd", "rd", "th":
      let problem = finding(.numberRunsIntoLetters, offset, end, facts, write: number)
      appendNumber(digits, end: end, problem)
    case "am", "pm":
      let hour = (digits.value ?? 0) % 12 + (letters == "pm" ? 12 : 0)
      let isHour = digits.decimals == 0 && (1...12).contains(digits.value ?? 0)
      let fix = isHour ? "\(hour < 10 ? "0" : "")\(hour):00" : nil
      let problem = finding(.malformedTime, offset, end, facts, write: fix)
      append(mended: Token(kind: .time, start: offset, end: end, value: hour * 60), problem)
    case _ where code(at: digits.end) != nil:
      let problem = finding(
        .numberRunsIntoLetters, offset, end, facts, write: "\(number) \(letters)")
      appendMoney(digits, from: offset, to: end, code: letters, problem)
    case _ where letters.utf8.allSatisfy { isDigit($0) || $0 == UInt8(ascii: "_") }:
      let joined = (number + letters).filter { $0 != "_" }
      let problem = finding(.separatorInNumber, offset, end, facts, write: joined)
      appendNumber(digits, end: end, problem)
    case _ where letters.utf8.allSatisfy(isWordByte) && Keyword(rawValue: letters) != nil:
      let problem = finding(
        .numberRunsIntoLetters, offset, end, facts, write: "\(number) \(letters)")
      appendNumber(digits, end: digits.end, problem)
      var word = Token(kind: .word, start: digits.end, end: end)
      word.keyword = Keyword(rawValue: letters)
      word.isMended = true
      append(word)
    case _ where letters.utf8.allSatisfy(isWordByte) && digits.decimals == 0:
      // More likely a name that begins with a digit than a number with a unit.
      let word = Token(kind: .word, start: offset, end: end)
      append(mended: word, finding(.numberRunsIntoLetters, offset, end, facts))
    default:
      appendNumber(digits, end: end, finding(.numberRunsIntoLetters, offset, end, facts))
    }
  }

  /// An amount with separators: `$20,000` in groups of three, `$9,99` with a decimal comma.
  private mutating func readSeparatedAmount(_ start: Int, _ numberStart: Int) {
    let (digits, written) = joinSeparated(numberStart)
    let problem = finding(.separatorInNumber, start, digits.end, write: "$\(written)")
    appendMoney(digits, from: start, to: digits.end, code: nil, problem)
  }

  /// Reads digits with commas among them; a last group that is not three long is the decimals.
  private func joinSeparated(_ start: Int) -> (Digits, String) {
    var end = start
    while isDigit(byte(at: end))
      || (byte(at: end) == UInt8(ascii: ",") && isDigit(byte(at: end + 1)))
    {
      end += 1
    }
    let groups = text(start, end).split(separator: ",")
    let last = groups.last ?? ""
    var written = groups.joined()
    if byte(at: end) == UInt8(ascii: "."), isDigit(byte(at: end + 1)) {
      let fractionEnd = digitsEnd(end + 1)
      written += text(end, fractionEnd)
      end = fractionEnd
    } else if groups.count > 1, last.utf8.count != 3 {
      written = groups.dropLast().joined() + "." + last
    }
    let decimals = written.split(separator: ".").dropFirst().first?.utf8.count ?? 0
    let value = decimals > Limits.numberDecimals ? nil : Int64(written.filter { $0 != "." })
    return (Digits(start: start, end: end, value: value, decimals: decimals), written)
  }
}
