extension LedgerRequest {
  /// What is wrong with a request whatever the ledger holds; nil when nothing is.
  ///
  /// Such a request leaves no trace, not even its id.
  public var fault: LedgerAnswer.Code? {
    guard isIdentifier(id) else { return .badIdentifier }
    guard isIdentifier(actor), isText(reason), !holdsAddress(reason) else { return .badText }
    return command.fault
  }
}

extension LedgerCommand {
  /// What is wrong with a command whatever the ledger holds.
  var fault: LedgerAnswer.Code? {
    switch self {
    case .account(let command): command.fault
    case .open(let account): isIdentifier(account) ? nil : .badIdentifier
    case .issue(let issue):
      fault(issue.amount, issue.account, issue.balance, issue.order, issue.campaign)
        ?? (isMoment(issue.availableAt) && isMoment(issue.expiresAt) ? nil : .badMoment)
    case .redeem(let account, let balance, let amount, _): fault(amount, account, balance)
    case .adjust(let account, let balance, let change, let expiresAt, _):
      !isMoment(expiresAt)
        ? .badMoment : change == .min ? .badAmount : fault(abs(change), account, balance)
    case .set(let account, let balance, let amount, _):
      amount == 0 ? fault(1, account, balance) : fault(amount, account, balance)
    case .hold(let hold): fault(hold)
    case .replaceHold(let old, let hold): isIdentifier(old) ? fault(hold) : .badIdentifier
    case .capture(let hold, let amount, _): fault(amount, hold)
    case .release(let hold): isIdentifier(hold) ? nil : .badIdentifier
    case .settle(let most): most > 0 ? nil : .badAmount
    case .checkout(let record): record.fault
    case .void(let order, _): isIdentifier(order) ? nil : .badIdentifier
    case .giveBack(let order, let lines, _, let credit):
      if lines.count > LedgerLimits.purchaseLinesMaximum {
        .tooMuch
      } else if let fault = credit?.fault {
        fault
      } else {
        isIdentifier(order) && lines.allSatisfy { isIdentifier($0.id) }
          ? lines.allSatisfy({ (1...LedgerLimits.amountMaximum).contains($0.quantity) })
            && !lines.isEmpty ? nil : .badAmount
          : .badIdentifier
      }
    }
  }

  private func fault(_ hold: PlaceHold) -> LedgerAnswer.Code? {
    fault(hold.amount, hold.id, hold.account, hold.balance) ?? hold.spender?.fault
  }

  private func fault(_ amount: Int64, _ identifiers: String...) -> LedgerAnswer.Code? {
    guard identifiers.allSatisfy(isIdentifier) else { return .badIdentifier }
    return (1...LedgerLimits.amountMaximum).contains(amount) ? nil : .badAmount
  }
}

/// Whether a text can name something: not empty, not too long, no control characters.
package func isIdentifier(_ text: String) -> Bool {
  !text.utf8.isEmpty && text.utf8.count <= LedgerLimits.identifierBytesMaximum && isPlain(text)
}

/// Whether a text can be kept as a remark.
private func isText(_ text: String) -> Bool {
  text.utf8.count <= LedgerLimits.textBytesMaximum && isPlain(text)
}

/// Whether a text holds an e-mail address: something with an `@` inside and a dot after it.
private func holdsAddress(_ text: String) -> Bool {
  text.utf8.split(separator: UInt8(ascii: " ")).contains { word in
    guard let place = word.lastIndex(of: UInt8(ascii: "@")), place > word.startIndex else {
      return false
    }
    return word[place...].contains(UInt8(ascii: "."))
  }
}

/// Whether a text holds no control character.
func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }
