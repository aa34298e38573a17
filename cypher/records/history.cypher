// What was done to a record, newest first.
// params: record: STRING
// returns: change: MAP
MATCH (c:Change {record: $record})
RETURN properties(c) AS change
ORDER BY c.version DESC, c.at DESC
