// Some organisations, those that are not put away.
// params: ids: LIST<STRING>
// returns: id: STRING, name: STRING, sector: STRING, kind: STRING, territory: STRING, acts_in: LIST<STRING>, lat: FLOAT?, lon: FLOAT?, description: STRING, tags: LIST<STRING>, active_from: STRING?, active_to: STRING?, confirmed_on: STRING?
MATCH (o:Record&Organisation)
WHERE o.id IN $ids
CALL (o) {
  MATCH (o)-[s:HAS_STATUS]->(c:Status)
  WHERE s.until IS NULL OR s.until > date()
  WITH c.code AS code ORDER BY coalesce(s.nth, 0), code
  RETURN collect(code) AS statuses
}
CALL (o) {
  MATCH (o)-[:LOCATED_IN]->(t:Territory)
  RETURN max(t.code) AS territory
}
CALL (o) {
  MATCH (o)-[:ACTS_IN]->(t:Territory)
  WITH t.code AS code ORDER BY code
  RETURN collect(code) AS acts_in
}
RETURN o.id AS id, coalesce(o.name, '') AS name, coalesce(o.sector, '') AS sector, coalesce(o.kind, '') AS kind,
       coalesce(territory, '') AS territory, acts_in, toFloat(o.lat) AS lat, toFloat(o.lon) AS lon,
       coalesce(o.description, '') AS description, statuses + coalesce(o.pkd, []) AS tags,
       toString(o.active_from) AS active_from, toString(o.active_to) AS active_to,
       toString(o.confirmed_on) AS confirmed_on
