// Every scenario that is kept, the newest first.
// returns: id: STRING, name: STRING, by: STRING, at: DATETIME, query: STRING
MATCH (s:Scenario)
WHERE s.deleted IS NULL
RETURN s.id AS id, s.name AS name, s.by AS by, s.at AS at, s.query AS query
ORDER BY s.at DESC, s.id
