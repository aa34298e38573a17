// What some organisations offer, once for each territory in which they are or act.
// params: ids: LIST<STRING>
// returns: owner: STRING, organisation: STRING, territory: STRING, area: STRING, capacity: FLOAT?, since: STRING?,
//   until: STRING?
MATCH (o:Record&Organisation)
WHERE o.id IN $ids
MATCH (o)-[f:OFFERS]->(a:ServiceArea)
WITH o, f, a, [(o)-[:LOCATED_IN|ACTS_IN]->(t:Territory) | t.code] AS codes
UNWIND CASE WHEN size(codes) = 0 THEN [''] ELSE codes END AS territory
WITH DISTINCT o, f, a, territory
RETURN o.id AS owner, o.id AS organisation, territory, a.code AS area, toFloat(f.capacity) AS capacity, toString(f.since) AS since,
       toString(f.until) AS until
ORDER BY owner, f.nth, area, territory
