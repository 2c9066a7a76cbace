extension Schema {
  /// Who asked for what.
  static let actions =
    [
      """
      CREATE TABLE operator_action (
        place INTEGER PRIMARY KEY, actor TEXT NOT NULL, action TEXT NOT NULL,
        subject TEXT NOT NULL, recorded_at INTEGER NOT NULL) STRICT
      """
    ] + appendOnly("operator_action")
}
