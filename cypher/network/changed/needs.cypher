// The needs of some organisations and (owner: its id; organisation: null) of some territories.
// params: ids: LIST<STRING>
// returns: owner: STRING, organisation: STRING?, territory: STRING, area: STRING, level: FLOAT?, people: FLOAT?, since: STRING?, met_on: STRING?
MATCH (r:Record)
USING INDEX SEEK r:Record(id)
WHERE r.id IN $ids AND (r:Organisation OR r:Territory)
MATCH (r)-[n:NEEDS]->(a:ServiceArea)
RETURN r.id AS owner, CASE WHEN r:Organisation THEN r.id END AS organisation,
       CASE WHEN r:Territory THEN r.code
         ELSE coalesce(head([(r)-[:LOCATED_IN]->(t:Territory) | t.code]), '') END AS territory,
       a.code AS area, toFloat(n.level) AS level, toFloat(n.scale) AS people, toString(n.since) AS since, toString(n.met_on) AS met_on
ORDER BY owner, n.nth, area
