// Waits until new indexes can be used.
// params: seconds: INTEGER
CALL db.awaitIndexes($seconds)
