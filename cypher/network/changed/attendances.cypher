// Who attended some meetings, and which meetings some organisations attended.
// params: ids: LIST<STRING>
// returns: organisation: STRING, meeting: STRING
MATCH (r:Organisation|Meeting)
WHERE r:Record AND r.id IN $ids
MATCH (r)-[a:ATTENDED]-()
WITH DISTINCT a, startNode(a) AS o, endNode(a) AS m
WHERE o:Organisation AND m:Meeting
RETURN o.id AS organisation, m.id AS meeting
