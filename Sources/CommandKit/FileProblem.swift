/// A file that could not be read or written, and what the system said.
package struct FileProblem: Error, Hashable, Sendable {
  /// What was tried.
  package enum Verb: String, Hashable, Sendable { case read, write }
  /// The path as the user gave it.
  package var path: String
  /// What was tried.
  package var verb: Verb
  /// The system's number of the error.
  package var errorNumber: Int32

  /// One line for a person.
  package var message: String {
    "cannot \(verb.rawValue) \(printable(path)): \(SystemCalls.errorText(errorNumber))"
  }
}
