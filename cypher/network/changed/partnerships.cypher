// Some partnerships, those that are not put away.
// params: ids: LIST<STRING>
// returns: id: STRING, name: STRING, kind: STRING, phase: STRING, starts_on: STRING?, ends_on: STRING?, themes: LIST<STRING>, territories: LIST<STRING>, description: STRING, source: STRING
MATCH (p:Record&Partnership)
WHERE p.id IN $ids
CALL (p) {
  MATCH (p)-[a:ACTS_IN]->(t:Territory)
  WITH t.code AS code ORDER BY coalesce(a.nth, 0), code
  RETURN collect(code) AS territories
}
RETURN p.id AS id, coalesce(p.name, '') AS name, coalesce(p.kind, '') AS kind, coalesce(p.phase, '') AS phase,
       toString(p.starts_on) AS starts_on, toString(p.ends_on) AS ends_on, coalesce(p.themes, []) AS themes,
       territories, coalesce(p.purpose, '') AS description, coalesce(p.source_file, '') AS source
