// Keeps a scenario under its id; the one kept before under it is replaced.
// params: id: STRING, name: STRING, by: STRING, at: DATETIME, query: STRING
// returns: id: STRING
MERGE (s:Scenario {id: $id})
SET s.name = $name, s.by = $by, s.at = $at, s.query = $query
REMOVE s.deleted
RETURN s.id AS id
