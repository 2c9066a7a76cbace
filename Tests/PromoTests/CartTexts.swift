import LocalTime
import Money
import Promo
import Testing

/// The cart of the contract's first page.
let contractCart = """
  {
    "currency": "USD",
    "at": "2026-06-05T12:00:00-04:00",
    "codes": ["SUMMER25"],
    "shipping": "5.99",
    "order": { "channel": "web", "store": "NYC-1", "country": "US", "attributes": {} },
    "customer": {
      "id": "m-1", "email": "m-1@example.com", "member": true, "groups": ["new"],
      "attributes": { "tier": "gold", "birthday": "1990-05-03" },
      "history": [
        { "at": "2026-05-02T10:00:00-04:00", "total": "25.00",
          "lines": [ { "sku": "MUG", "category": "kitchen", "quantity": 1, "total": "25.00" } ] }
      ],
      "redemptions": [
        { "campaign": "welcome20", "at": "2026-04-01T09:00:00-04:00", "discount": "5.00" }
      ],
      "balances": { "points": "200" }
    },
    "lines": [
      { "sku": "SHIRT", "name": "Shirt", "price": "20.00", "quantity": 4,
        "category": ["apparel/shirts"], "brand": "Acme", "tags": ["summer"],
        "attributes": { "color": "red" } },
      { "id": "b", "sku": "SOCKS", "price": "5.00", "quantity": 1, "category": "apparel/socks" }
    ]
  }
  """

/// A cart of one line with some of its keys replaced or added.
func cartText(line: String) -> String {
  "{\"currency\": \"USD\", \"lines\": [{\(line)}]}"
}

/// A cart with one plain line and further keys of its own.
func cartText(cart keys: String, currency: String = "USD") -> String {
  """
  {"currency": "\(currency)", "lines": [{"sku": "A", "price": "1", "quantity": 1}], \(keys)}
  """
}

func read(_ text: String, limits: CartLimits = .library) throws -> Cart {
  try Cart.read(json: Array(text.utf8), limits: limits).cart
}

/// The mistake that keeps a text from being a cart.
func mistake(in text: String, limits: CartLimits = .library) throws -> CartError {
  try #require(throws: CartError.self) {
    try Cart.read(json: Array(text.utf8), limits: limits)
  }
}

func dollars(_ minorUnits: Int64) throws -> Money {
  Money(minorUnits: minorUnits, currency: try #require(Currency(code: "USD")))
}
