// Some organisations, those that are not put away.
// params: ids: LIST<STRING>
// returns: id: STRING, name: STRING, sector: STRING, kind: STRING, territory: STRING, lat: FLOAT?, lon: FLOAT?, description: STRING, tags: LIST<STRING>, active_from: STRING?, active_to: STRING?, confirmed_on: STRING?
MATCH (o:Record&Organisation)
WHERE o.id IN $ids
CALL (o) {
  MATCH (o)-[s:HAS_STATUS]->(c:Status)
  WHERE s.until IS NULL
  WITH c.code AS code ORDER BY coalesce(s.position, 0), code
  RETURN collect(code) AS statuses
}
CALL (o) {
  MATCH (o)-[:LOCATED_IN]->(t:Territory)
  RETURN max(t.code) AS territory
}
RETURN o.id AS id, coalesce(o.name, '') AS name, coalesce(o.sector, '') AS sector, coalesce(o.kind, '') AS kind,
       coalesce(territory, '') AS territory, toFloat(o.lat) AS lat, toFloat(o.lon) AS lon,
       coalesce(o.description, '') AS description, statuses + coalesce(o.pkd, []) AS tags,
       toString(o.active_from) AS active_from, toString(o.active_to) AS active_to,
       toString(o.confirmed_on) AS confirmed_on
