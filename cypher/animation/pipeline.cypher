// Task c: initiative groups from the first meeting to the registered PES, those with the next step soonest first.
// params: day: DATE, places: LIST<STRING>
// returns: id: STRING, name: STRING, status: STRING?, territory_name: STRING?, starts_on: DATE?, people: INTEGER?,
//   next_step: STRING?, next_step_by: DATE?, overdue: BOOLEAN, first_meeting: STRING?, grew_into: STRING?,
//   grew_into_name: STRING?, registered_on: DATE?
MATCH (i:Initiative)
OPTIONAL MATCH (i)-[:LOCATED_IN]->(t:Territory)
OPTIONAL MATCH (i)-[:GREW_FROM]->(m:Meeting)
OPTIONAL MATCH (i)-[:GREW_INTO]->(o:Organisation)
WITH i, t, m, o
WHERE size($places) = 0 OR any(p IN $places WHERE t.code STARTS WITH p)
RETURN i.id AS id, i.name AS name, i.status AS status, t.name AS territory_name, i.starts_on AS starts_on,
       i.people AS people, i.next_step AS next_step, i.next_step_by AS next_step_by,
       coalesce(i.next_step_by < $day, false) AS overdue, m.id AS first_meeting, o.id AS grew_into,
       o.name AS grew_into_name, i.registered_on AS registered_on
ORDER BY status IN ['G3', 'G5'], next_step_by IS NULL, next_step_by, status, name
