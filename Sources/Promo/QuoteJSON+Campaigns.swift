import WireFormat

// Most of a quote that is no line tells of campaigns, so that what stands between two values of
// theirs is one piece.

extension JSONWriter {
  /// Writes a campaign that gave something.
  mutating func applied(_ applied: Quote.Applied) {
    let decimals = applied.discount.currency.decimals
    value { output in
      output.append(#"{"campaign":"#)
      output.append(quoted: applied.campaign)
      output.append(#","title":"#)
      output.append(quoted: applied.title)
      output.append(#","discount":""#)
      output.append(applied.discount.minorUnits, decimals: decimals)
      output.append(#"","times":"#)
      output.append(applied.times)
      if applied.isCapped {
        output.append(#","capped":true"#)
      } else {
        output.append(#","capped":false"#)
      }
      output.append(#","message":"#, applied.message)
      output.append(applied.missing)
      output.append(#","hint":"#, applied.hint)
      output.append("}")
    }
  }

  /// Writes a campaign that gave nothing.
  mutating func notApplied(_ campaign: Quote.NotApplied) {
    value { output in
      output.append(#"{"campaign":"#)
      output.append(quoted: campaign.campaign)
      output.append(#","reason":"#)
      output.append(quoted: campaign.reason.rawValue)
      if let detail = campaign.detail {
        output.append(#","detail":{"left":"#)
        output.append(quotedOrNull: detail.left)
        output.append(#","operator":"#)
        output.append(quoted: detail.operator)
        output.append(#","right":"#)
        output.append(quotedOrNull: detail.right)
        output.append("}")
      }
      output.append(campaign.missing)
      output.append(#","hint":"#, campaign.hint)
      if let against = campaign.against {
        output.append(#","against":["#)
        for (place, name) in against.enumerated() {
          if place > 0 { output.append(",") }
          output.append(quoted: name)
        }
        output.append("]")
      }
      if let saving = campaign.saving {
        output.append(#","saving":""#)
        output.append(saving.minorUnits, decimals: saving.currency.decimals)
        output.append("\"")
      }
      output.append("}")
    }
  }
}

extension GrowingBytes {
  /// Appends what stands before a text and the text; nothing at all when there is none.
  fileprivate mutating func append(_ key: StaticString, _ text: String?) {
    guard let text else { return }
    append(key)
    append(quoted: text)
  }

  fileprivate mutating func append(quotedOrNull text: String?) {
    if let text { append(quoted: text) } else { append("null") }
  }

  fileprivate mutating func append(_ missing: Quote.Missing?) {
    guard let missing else { return }
    append(#","missing":{"#)
    switch missing {
    case .quantity(let count):
      append(#""quantity":"#)
      append(count)
    case .amount(let amount):
      append(#""amount":""#)
      append(amount.minorUnits, decimals: amount.currency.decimals)
      append("\"")
    case .visits(let count):
      append(#""visits":"#)
      append(count)
    case .count(let count):
      append(#""count":"#)
      append(count)
    }
    append("}")
  }
}
