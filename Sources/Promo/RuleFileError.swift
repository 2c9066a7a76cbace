/// Why a rule file or a list of skus cannot be read.
public struct RuleFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of trouble, by names that never change.
  public enum Code: String, CaseIterable, Hashable, Sendable {
    /// Nothing is there.
    case notFound = "not_found"
    /// The system does not let us read it.
    case notReadable = "not_readable"
    /// A folder where a file is wanted.
    case isFolder = "is_folder"
    /// A pipe, a device or a socket.
    case isNoFile = "is_no_file"
    /// Links that lead round in a circle.
    case linksInCircle = "links_in_circle"
    /// More bytes than allowed.
    case tooLarge = "too_large"
    /// More files than allowed.
    case tooManyFiles = "too_many_files"
    /// A folder without a rule file in it.
    case noRuleFiles = "no_rule_files"
    /// A name that leads out of the folder of its rule file.
    case outsideFolder = "outside_folder"
    /// One name for two lists that differ, in two folders of one rule set.
    case twoLists = "two_lists"
    /// A list or a file name that is not UTF-8, or holds a NUL.
    case badText = "bad_text"
  }

  /// The kind of trouble.
  public var code: Code
  /// The path it is about.
  public var path: String
  /// What is wrong, in one sentence.
  public var message: String

  /// The path and the sentence.
  public var description: String { "\(path): \(message)" }
}
