// The memberships of some organisations and partnerships; those of one in the same partnership in the order of the tables.
// params: ids: LIST<STRING>
// returns: organisation: STRING, partnership: STRING, role: STRING, since: STRING?, until: STRING?
MATCH (r:Record)
USING INDEX SEEK r:Record(id)
WHERE r.id IN $ids AND (r:Organisation OR r:Partnership)
MATCH (r)-[m:MEMBER_OF]-()
WITH DISTINCT m, startNode(m) AS o, endNode(m) AS p
WHERE o:Organisation AND p:Partnership
RETURN o.id AS organisation, p.id AS partnership, coalesce(m.role, 'PAR') AS role,
       toString(m.since) AS since, toString(m.until) AS until
ORDER BY role <> 'PAR' OR since IS NOT NULL OR until IS NOT NULL, role, coalesce(since, ''), coalesce(until, '')
