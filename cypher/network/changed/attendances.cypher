// Who attended some meetings, and which meetings some organisations attended.
// params: ids: LIST<STRING>
// returns: organisation: STRING, meeting: STRING
MATCH (r:Record)
USING INDEX SEEK r:Record(id)
WHERE r.id IN $ids AND (r:Organisation OR r:Meeting)
MATCH (r)-[a:ATTENDED]-()
WITH DISTINCT a, startNode(a) AS o, endNode(a) AS m
WHERE o:Organisation AND m:Meeting
RETURN o.id AS organisation, m.id AS meeting
