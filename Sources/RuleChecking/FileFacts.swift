import Findings
import Money
import RuleSyntax

/// What holds for one file while its items are checked.
struct FileFacts {
  /// A fact of a file that may be missing, or written in a way that was already reported.
  enum Stated<Value> {
    case missing
    case damaged
    case value(Value)

    /// The same, or damaged where it is missing.
    var orDamaged: Stated { if case .missing = self { .damaged } else { self } }
  }

  var currency: Stated<Currency> = .missing
  var timezone: Stated<String> = .missing
  var currencySpan: SourceSpan?
  var timezoneSpan: SourceSpan?
  var roundingSpan: SourceSpan?
  var chooseSpan: SourceSpan?
  /// Whether the absence of a currency or of a time zone was already reported.
  var hasReportedCurrency = false
  var hasReportedTimezone = false

  /// The currency, where one is known.
  var knownCurrency: Currency? {
    if case .value(let currency) = currency { currency } else { nil }
  }
}

extension Checker {
  /// Reads the facts and the declared names of one file.
  mutating func collectFile(
    _ tree: SyntaxFile, index: Int, knowsTimezone: ((String) -> Bool)?
  ) {
    files.append(FileFacts())
    names.damaged.formUnion(tree.damagedNames)
    forEachItem(of: tree, file: index, campaigns: true) { checker, item in
      checker.collect(item, file: index, knowsTimezone)
    }
    if let unread = tree.unread {
      for outline in unread.outlines { declare(campaign: outline.name) }
    }
    if case .missing = files[index].currency, damage.mentions("currency", inFile: index) {
      files[index].currency = .damaged
    }
    if case .missing = files[index].timezone, damage.mentions("timezone", inFile: index) {
      files[index].timezone = .damaged
    }
    var timezone: String?
    if case .value(let name) = files[index].timezone { timezone = name }
    rules.files.append(
      CheckedFile(
        path: sources[index].path, currency: files[index].knownCurrency, timezone: timezone))
  }

  private mutating func collect(
    _ item: Item, file index: Int, _ knowsTimezone: ((String) -> Bool)?
  ) {
    if silence.isMended, collectMended(item, file: index) { return }
    switch item {
    case .currency(let code, let span): stateCurrency(code, span, file: index)
    case .timezone(let literal): stateTimezone(literal, file: index, knowsTimezone)
    case .rounding(let span):
      if let earlier = files[index].roundingSpan {
        reportSecond("rounding", at: span, earlier: earlier)
      }
      files[index].roundingSpan = files[index].roundingSpan ?? span
      rules.roundsHalfToEven = true
    case .choose(let span):
      if let earlier = files[index].chooseSpan {
        reportSecond("choose", at: span, earlier: earlier)
      }
      files[index].chooseSpan = files[index].chooseSpan ?? span
      rules.choosesByPriority = true
    case .attributes(let declarations, _):
      for declaration in declarations { declare(declaration) }
    case .set(let declaration): declare(declaration, file: index)
    case .campaign(let campaign): declare(campaign: campaign.name)
    case .balance(let declaration): declare(declaration, file: index)
    case .group(let declaration): declare(declaration)
    case .convert, .test: break
    }
  }

  /// What a mended item states of its file is not known, only that it states it.
  private mutating func collectMended(_ item: Item, file index: Int) -> Bool {
    switch item {
    case .currency: files[index].currency = files[index].currency.orDamaged
    case .timezone: files[index].timezone = files[index].timezone.orDamaged
    case .rounding, .choose: break
    default: return false
    }
    return true
  }

  private mutating func stateCurrency(_ code: String, _ span: SourceSpan, file: Int) {
    if let earlier = files[file].currencySpan {
      reportSecond("currency", at: span, earlier: earlier)
      return
    }
    files[file].currencySpan = span
    if let currency = Currency(code: code) {
      files[file].currency = .value(currency)
    } else {
      files[file].currency = .damaged
      report(.unknownCurrency, at: span, ["found": code])
    }
  }

  private mutating func stateTimezone(
    _ literal: TextLiteral, file: Int, _ knowsTimezone: ((String) -> Bool)?
  ) {
    if let earlier = files[file].timezoneSpan {
      reportSecond("timezone", at: literal.span, earlier: earlier)
      return
    }
    files[file].timezoneSpan = literal.span
    if knowsTimezone?(literal.text) ?? true {
      files[file].timezone = .value(literal.text)
    } else {
      files[file].timezone = .damaged
      report(.unknownTimezone, at: literal.span, ["found": literal.text])
    }
  }

  private mutating func reportSecond(
    _ word: String, at span: SourceSpan, earlier: SourceSpan
  ) {
    report(
      .statedTwiceInFile, at: span, ["word": word],
      related: [RelatedSpan(span: earlier, label: "the first `\(word)`")],
      repairs: [])
  }

  /// Whether the file's time zone can be read at this place; reported once for a file.
  mutating func requireTimezone(at span: SourceSpan) -> Bool {
    let file = Int(span.file)
    switch files[file].timezone {
    case .value, .damaged: return true
    case .missing:
      if !files[file].hasReportedTimezone, !silence.covers(span) {
        files[file].hasReportedTimezone = true
        report(.timezoneNeeded, at: span, ["found": text(of: span)])
      }
      return false
    }
  }
}

extension DamagedNames {
  /// Whether an item that could not be read has this name, whatever kind of item it was to be.
  func declares(_ name: String) -> Bool {
    sets.contains(name) || campaigns.contains(name) || balances.contains(name)
  }

  /// Adds the names that another file could not read in full.
  mutating func formUnion(_ other: DamagedNames) {
    sets.formUnion(other.sets)
    campaigns.formUnion(other.campaigns)
    balances.formUnion(other.balances)
    attributes.formUnion(other.attributes)
  }
}
