/// The status of an answer; 0 for none.
func status(of answer: String) -> Int {
  answer.hasPrefix("HTTP/1.") ? Int(answer.dropFirst(9).prefix(3)) ?? 0 : 0
}
