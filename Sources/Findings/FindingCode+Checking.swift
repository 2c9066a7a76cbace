/// Codes of names and of what holds for a file.
extension FindingCode {
  package static let unknownSet = FindingCode(rawValue: "P0301")
  package static let unknownCampaign = FindingCode(rawValue: "P0302")
  package static let unknownBalance = FindingCode(rawValue: "P0303")
  package static let unknownAttribute = FindingCode(rawValue: "P0304")
  package static let declaredTwice = FindingCode(rawValue: "P0305")
  package static let attributeTypesDiffer = FindingCode(rawValue: "P0306")
  package static let reservedName = FindingCode(rawValue: "P0307")
  package static let setCycle = FindingCode(rawValue: "P0308")
  package static let missingList = FindingCode(rawValue: "P0309")
  package static let statedTwiceInFile = FindingCode(rawValue: "P0310")
  package static let unknownCurrency = FindingCode(rawValue: "P0311")
  package static let unknownTimezone = FindingCode(rawValue: "P0312")
  package static let timezoneNeeded = FindingCode(rawValue: "P0313")
  package static let tooManyCampaigns = FindingCode(rawValue: "P0314")
}

/// Codes of money and of types.
extension FindingCode {
  package static let moneyWithoutCurrency = FindingCode(rawValue: "P0401")
  package static let dollarInOtherFile = FindingCode(rawValue: "P0402")
  package static let moneyOfOtherCurrency = FindingCode(rawValue: "P0403")
  package static let moneyTooFine = FindingCode(rawValue: "P0404")
  package static let moneyTooLarge = FindingCode(rawValue: "P0405")
  package static let setOfOtherCurrency = FindingCode(rawValue: "P0406")
  package static let balanceOfOtherCurrency = FindingCode(rawValue: "P0407")
  package static let typesDiffer = FindingCode(rawValue: "P0410")
  package static let cannotCalculate = FindingCode(rawValue: "P0411")
  package static let notACondition = FindingCode(rawValue: "P0412")
  package static let notOrdered = FindingCode(rawValue: "P0413")
  package static let notAnAmount = FindingCode(rawValue: "P0414")
  package static let wrongOperand = FindingCode(rawValue: "P0415")
  package static let extremeTypesDiffer = FindingCode(rawValue: "P0416")
  package static let tierOfOtherType = FindingCode(rawValue: "P0417")
  package static let divisionByZero = FindingCode(rawValue: "P0418")
  package static let constantTooLarge = FindingCode(rawValue: "P0419")
  package static let cartInsideWhere = FindingCode(rawValue: "P0420")
  package static let afterDiscountsTooEarly = FindingCode(rawValue: "P0421")
  package static let moneyOffUnits = FindingCode(rawValue: "P0422")
  package static let allItemsDiscounted = FindingCode(rawValue: "P0423")
}

/// Codes of the clauses of a campaign.
extension FindingCode {
  package static let clauseTwice = FindingCode(rawValue: "P0501")
  package static let tiersAndGive = FindingCode(rawValue: "P0502")
  package static let campaignGivesNothing = FindingCode(rawValue: "P0503")
  package static let stackContradicts = FindingCode(rawValue: "P0504")
  package static let zeroCount = FindingCode(rawValue: "P0505")
  package static let durationTooLong = FindingCode(rawValue: "P0506")
  package static let moreThanGroup = FindingCode(rawValue: "P0507")
  package static let limitOfUncountable = FindingCode(rawValue: "P0508")
  package static let bestOfOnItemsUnfit = FindingCode(rawValue: "P0509")
  package static let baseWithoutPercentage = FindingCode(rawValue: "P0510")
  package static let giveInEvent = FindingCode(rawValue: "P0511")
  package static let cartInEvent = FindingCode(rawValue: "P0512")
  package static let scheduleEndsBeforeStart = FindingCode(rawValue: "P0513")
  package static let scheduleEmpty = FindingCode(rawValue: "P0514")
  package static let emptyCode = FindingCode(rawValue: "P0515")
  package static let unknownPlaceholder = FindingCode(rawValue: "P0516")
  package static let placeholderNotClosed = FindingCode(rawValue: "P0517")
  package static let nothingMissing = FindingCode(rawValue: "P0518")
}

/// Codes of loyalty balances.
extension FindingCode {
  package static let countOfMoneyBalance = FindingCode(rawValue: "P0601")
  package static let moneyOfPointsBalance = FindingCode(rawValue: "P0602")
  package static let balanceAmountType = FindingCode(rawValue: "P0603")
  package static let factTwice = FindingCode(rawValue: "P0604")
  package static let moneyBalanceWithWorth = FindingCode(rawValue: "P0605")
  package static let redeemWithoutWorth = FindingCode(rawValue: "P0606")
  package static let capOfOtherBalance = FindingCode(rawValue: "P0607")
  package static let notRedeemable = FindingCode(rawValue: "P0608")
}

/// Codes of tests in a rule file.
extension FindingCode {
  package static let stepTwice = FindingCode(rawValue: "P0701")
  package static let testExpectsNothing = FindingCode(rawValue: "P0702")
  package static let leftOutOfTest = FindingCode(rawValue: "P0703")
  package static let attributeValueType = FindingCode(rawValue: "P0704")
}

/// Codes of what rules cost when they run.
extension FindingCode {
  package static let tooCostly = FindingCode(rawValue: "P0801")
}

/// Codes of warnings.
extension FindingCode {
  package static let conditionNever = FindingCode(rawValue: "P0901")
  package static let conditionAlways = FindingCode(rawValue: "P0902")
  package static let tierUnreachable = FindingCode(rawValue: "P0903")
  package static let tiersNotAscending = FindingCode(rawValue: "P0904")
  package static let thresholdOutOfReach = FindingCode(rawValue: "P0905")
  package static let scheduleOver = FindingCode(rawValue: "P0906")
  package static let campaignUntested = FindingCode(rawValue: "P0907")
  package static let notUndecided = FindingCode(rawValue: "P0908")
  package static let setUnused = FindingCode(rawValue: "P0909")
  package static let customerLimitForGuests = FindingCode(rawValue: "P0910")
  package static let earnForGuests = FindingCode(rawValue: "P0911")
  package static let percentOverHundred = FindingCode(rawValue: "P0912")
  package static let percentZero = FindingCode(rawValue: "P0913")
  package static let maximumMeantAsCap = FindingCode(rawValue: "P0914")
  package static let slotsOverlap = FindingCode(rawValue: "P0915")
  package static let limitOfNoCode = FindingCode(rawValue: "P0916")
  package static let multiplierTooSmall = FindingCode(rawValue: "P0917")
  package static let testNamedTwice = FindingCode(rawValue: "P0918")
}
