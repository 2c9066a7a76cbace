// Whoever imports Promo also sees the amounts, moments and findings that its interface speaks of.
@_exported public import Findings
@_exported public import LocalTime
@_exported public import Money
