import Findings
import RuleChecking
import RuleSyntax
import Testing

@Suite("selections") struct SelectionTests {
  private func selections(_ text: String, lists: [String: [String]] = [:]) -> [CheckedSelection] {
    check(text, lists: lists).rules.selections
  }

  @Test("equal selections share an identity, however they are written")
  func sharing() {
    let found = selections(
      """
      set books = items in category ("b", "a", "b")
      campaign a { give 10% off items in category ("a", "b") }
      campaign b { give 10% off (items in category ("b", "a")) }
      campaign c { when quantity of books > 1 give free shipping }
      """)
    #expect(
      found == [.items, .allItems, .narrowed(base: .items, .category, values: ["a", "b"])])
  }

  @Test("texts that look alike but differ in bytes stay apart")
  func bytes() {
    let composed = "\u{E9}"
    let decomposed = "e\u{301}"
    let found = selections(
      """
      campaign a { give 10% off items in sku "\(composed)" }
      campaign b { give 10% off items in sku "\(decomposed)" }
      campaign c { give 10% off items in sku ("\(composed)", "\(decomposed)") }
      """)
    #expect(found.count == 5)
    guard case .narrowed(_, _, let values) = found[4] else { return }
    #expect(values.count == 2)
  }

  @Test("a base stands before what is made of it")
  func order() {
    let found = selections(
      """
      campaign a { give 10% off c in tag "t" }
      set c = (b where on_sale)
      set b = items in brand "x"
      """)
    for (index, selection) in found.enumerated() {
      switch selection {
      case .items, .allItems: break
      case .narrowed(let base, _, _), .filtered(let base, _): #expect(base.index < index)
      }
    }
    #expect(found.count == 5)
  }

  @Test("a list beside the rules becomes sorted skus")
  func lists() {
    let text = "campaign a { give 10% off each of items listed in \"x.txt\" }"
    let found = selections(text, lists: ["x.txt": ["b", "a", "b"]])
    #expect(found.last == .narrowed(base: .items, .sku, values: ["a", "b"]))
  }
}
