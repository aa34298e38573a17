// What was done last, newest first.
// params: skip: INTEGER, limit: INTEGER
// returns: change: MAP
MATCH (c:Change)
WITH c ORDER BY c.at DESC, c.id
SKIP $skip LIMIT $limit
RETURN properties(c) AS change
