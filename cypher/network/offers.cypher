// What organisations offer, once for each territory in which they are or act.
// returns: node: INTEGER, territory: STRING, area: STRING, capacity: FLOAT?, since: STRING?, until: STRING?
MATCH (o:Organisation)-[f:OFFERS]->(a:ServiceArea)
WITH o, f, a, [(o)-[:LOCATED_IN|ACTS_IN]->(t:Territory) | t.code] AS codes
UNWIND CASE WHEN size(codes) = 0 THEN [''] ELSE codes END AS territory
WITH DISTINCT o, f, a, territory
RETURN id(o) AS node, territory, a.code AS area, toFloat(f.capacity) AS capacity, toString(f.since) AS since,
       toString(f.until) AS until
ORDER BY o.id, f.nth, area, territory
