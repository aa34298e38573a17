// What organisations offer.
// returns: node: INTEGER, territory: STRING, area: STRING, capacity: FLOAT?, since: STRING?, until: STRING?
MATCH (o:Organisation)-[f:OFFERS]->(a:ServiceArea)
RETURN id(o) AS node, coalesce(head([(o)-[:LOCATED_IN]->(t:Territory) | t.code]), '') AS territory,
       a.code AS area, toFloat(f.capacity) AS capacity, toString(f.since) AS since,
       toString(f.until) AS until
ORDER BY o.id, f.position, area
