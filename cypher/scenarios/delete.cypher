// Puts a scenario away, or brings it back.
// params: id: STRING, deleted: BOOLEAN
// returns: name: STRING
MATCH (s:Scenario {id: $id})
SET s.deleted = CASE WHEN $deleted THEN true END
RETURN s.name AS name
