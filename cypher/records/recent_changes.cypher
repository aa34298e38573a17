// What was done last, newest first; hidden: types that are left out.
// params: skip: INTEGER, limit: INTEGER, hidden: LIST<STRING>
// returns: change: MAP
MATCH (c:Change)
WHERE NOT c.label IN $hidden
WITH c ORDER BY c.at DESC, c.id
SKIP $skip LIMIT $limit
RETURN properties(c) AS change
