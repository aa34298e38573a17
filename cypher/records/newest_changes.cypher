// The newest entry in the history of each of some records.
// params: ids: LIST<STRING>
// returns: record: STRING, change: STRING
MATCH (c:Change)
WHERE c.record IN $ids
WITH c ORDER BY c.version DESC, c.at DESC
RETURN c.record AS record, head(collect(c.id)) AS change
