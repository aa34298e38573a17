// Form e and task j: for each territory and area that is needed there, how strong the need is, who offers it, who delivers it
// (or a service within it).
// gap: the need's level where nobody delivers, one less where fewer people are served than need it, else 0.
// params: day: DATE, places: LIST<STRING>, di_only: BOOLEAN
// returns: territory: STRING, territory_name: STRING, area: STRING, area_pl: STRING, area_en: STRING?, di: BOOLEAN,
//   need: INTEGER, people: INTEGER?, offering: INTEGER, delivering: INTEGER, served: INTEGER, gap: INTEGER
MATCH (t:Territory)-[n:NEEDS]->(a:ServiceArea)
WHERE (size($places) = 0 OR any(p IN $places WHERE t.code STARTS WITH p))
  AND (n.since IS NULL OR n.since <= $day) AND (n.met_on IS NULL OR n.met_on > $day)
  AND (NOT $di_only OR coalesce(a.deinstitutionalised, false))
WITH t, a, max(n.level) AS need, max(n.scale) AS people
CALL (t, a) {
  MATCH (o:Organisation)-[f:OFFERS]->(:ServiceArea)-[:PART_OF*0..1]->(a)
  WHERE (f.since IS NULL OR f.since <= $day) AND (f.until IS NULL OR f.until >= $day)
    AND (o.active_to IS NULL OR o.active_to > $day)
    AND EXISTS { MATCH (o)-[:LOCATED_IN|ACTS_IN]->(x:Territory) WHERE x.code STARTS WITH t.code }
  RETURN count(DISTINCT o) AS offering
}
CALL (t, a) {
  MATCH (d:ServiceDelivery)-[:DELIVERS]->(:ServiceArea)-[:PART_OF*0..1]->(a)
  WHERE EXISTS { MATCH (d)-[:DELIVERED_IN]->(x:Territory) WHERE x.code STARTS WITH t.code }
    AND EXISTS { MATCH (d)-[:DELIVERED_BY]->(o:Organisation) WHERE o.active_to IS NULL OR o.active_to > $day }
    AND NOT coalesce(d.planned, false)
    AND (d.since IS NULL OR d.since <= $day) AND (d.until IS NULL OR d.until >= $day)
  WITH DISTINCT d
  RETURN count(d) AS delivering, coalesce(sum(d.capacity), 0) AS served
}
RETURN t.code AS territory, t.name AS territory_name, a.code AS area, a.name AS area_pl, a.name_en AS area_en,
       coalesce(a.deinstitutionalised, false) AS di, need, people, offering, delivering, served,
       CASE WHEN delivering = 0 THEN need
            WHEN people IS NOT NULL AND served < people THEN need - 1
            ELSE 0 END AS gap
ORDER BY gap DESC, need DESC, territory_name, area
