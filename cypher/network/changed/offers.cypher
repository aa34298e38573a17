// What some organisations offer.
// params: ids: LIST<STRING>
// returns: owner: STRING, organisation: STRING, territory: STRING, area: STRING, capacity: FLOAT?, since: STRING?,
//   until: STRING?
MATCH (o:Record&Organisation)
WHERE o.id IN $ids
MATCH (o)-[f:OFFERS]->(a:ServiceArea)
RETURN o.id AS owner, o.id AS organisation, coalesce(head([(o)-[:LOCATED_IN]->(t:Territory) | t.code]), '') AS territory,
       a.code AS area, toFloat(f.capacity) AS capacity, toString(f.since) AS since,
       toString(f.until) AS until
ORDER BY owner, f.position, area
