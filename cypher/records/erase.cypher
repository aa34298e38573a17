// A record and its history, gone for good: for personal data that someone asks to have erased.
// params: id: STRING
// returns: erased: INTEGER
MATCH (r:Record {id: $id})
OPTIONAL MATCH (c:Change {record: $id})
WITH r, collect(c) AS changes
FOREACH (c IN changes | DELETE c)
DETACH DELETE r
RETURN 1 AS erased
