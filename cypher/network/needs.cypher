// Needs of organisations (node is the database's number) and of territories themselves (node is null).
// returns: node: INTEGER?, territory: STRING, area: STRING, level: FLOAT?, people: FLOAT?, since: STRING?, met_on: STRING?
MATCH (r:Organisation|Territory)-[n:NEEDS]->(a:ServiceArea)
RETURN CASE WHEN r:Organisation THEN id(r) END AS node,
       CASE WHEN r:Territory THEN r.code
         ELSE coalesce(head([(r)-[:LOCATED_IN]->(t:Territory) | t.code]), '') END AS territory,
       a.code AS area, toFloat(n.level) AS level, toFloat(n.scale) AS people, toString(n.since) AS since, toString(n.met_on) AS met_on
ORDER BY r.id, n.nth, area
