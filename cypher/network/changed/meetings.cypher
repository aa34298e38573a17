// Some meetings, those that are not put away.
// params: ids: LIST<STRING>
// returns: id: STRING, kind: STRING, held_on: STRING?, themes: LIST<STRING>, territory: STRING
MATCH (m:Record&Meeting)
WHERE m.id IN $ids
RETURN m.id AS id, coalesce(m.form, '') AS kind, toString(m.held_on) AS held_on, coalesce(m.themes, []) AS themes,
       coalesce(head([(m)-[:HELD_IN]->(t:Territory) | t.code]), '') AS territory
