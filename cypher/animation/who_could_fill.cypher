// Organisations that could fill a gap: they offer the area (or a service within it) and don't deliver it there yet.
// areas: what of it they offer there; capacity: the most of one of these.
// reach: 0 acts in the gmina, 1 in a neighbouring one, 2 in the same powiat, 3 elsewhere.
// params: area: STRING, territory: STRING, day: DATE, limit: INTEGER
// returns: id: STRING, name: STRING, sector: STRING, town: STRING?, areas: LIST<STRING>, capacity: FLOAT?, reach: INTEGER
MATCH (g:Territory {code: $territory})
MATCH (o:Organisation)-[f:OFFERS]->(a:ServiceArea)-[:PART_OF*0..1]->(:ServiceArea {code: $area})
WHERE (o.active_to IS NULL OR o.active_to > $day) AND (f.until IS NULL OR f.until >= $day) AND coalesce(f.since <= $day, true)
  AND NOT EXISTS {
    MATCH (o)<-[:DELIVERED_BY]-(d:ServiceDelivery)-[:DELIVERED_IN]->(x:Territory)
    WHERE x.code STARTS WITH g.code AND (d)-[:DELIVERS]->(a) AND NOT coalesce(d.planned, false)
      AND coalesce(d.since <= $day, true) AND (d.until IS NULL OR d.until >= $day)
  }
WITH g, o, f, a ORDER BY a.code
WITH g, o, collect(DISTINCT a.code) AS areas, max(f.capacity) AS capacity
OPTIONAL MATCH (o)-[:LOCATED_IN]->(home:Territory)
WITH o, areas, capacity, home,
     CASE WHEN EXISTS { MATCH (o)-[:LOCATED_IN|ACTS_IN]->(x:Territory) WHERE x.code STARTS WITH g.code } THEN 0
          WHEN EXISTS { MATCH (o)-[:LOCATED_IN|ACTS_IN]->(:Territory)-[:BORDERS]-(g) } THEN 1
          WHEN left(coalesce(home.code, ''), 4) = left(g.code, 4) THEN 2
          ELSE 3 END AS reach
RETURN o.id AS id, o.name AS name, o.sector AS sector, home.name AS town, areas, toFloat(capacity) AS capacity, reach
ORDER BY reach, capacity IS NULL, capacity DESC, name, id
LIMIT $limit
