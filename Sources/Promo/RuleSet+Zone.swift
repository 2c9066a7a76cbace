package import LocalTime
package import Money
import RuleChecking

extension RuleSet {
  /// The zone whose clocks hang in the shop that sells in a currency; nil where no file names one.
  ///
  /// Without a currency it is that of the first file. A file in that currency comes before the others, and an earlier file before a later one.
  package func shopZone(for currency: Currency?) -> ZoneTable? {
    let files = checked.files.filter { $0.timezone != nil }
    let file = files.first { currency != nil && $0.currency == currency } ?? files.first
    return file?.timezone.flatMap { TimeZones.table(for: $0) }
  }
}
