// Units and who founded them, where either is among some organisations.
// params: ids: LIST<STRING>
// returns: unit: STRING, founder: STRING
MATCH (r:Record)
USING INDEX SEEK r:Record(id)
WHERE r.id IN $ids AND r:Organisation
MATCH (r)-[f:FOUNDED]-()
WITH DISTINCT startNode(f) AS founder, endNode(f) AS unit
WHERE founder:Organisation AND unit:Organisation
RETURN unit.id AS unit, founder.id AS founder
