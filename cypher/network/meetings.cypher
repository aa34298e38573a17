// All meetings, with the database's numbers of the organisations that attended.
// returns: id: STRING, kind: STRING, held_on: STRING?, themes: LIST<STRING>, territory: STRING, attended: LIST<INTEGER>
MATCH (m:Record&Meeting)
RETURN m.id AS id, coalesce(m.form, '') AS kind, toString(m.held_on) AS held_on, coalesce(m.themes, []) AS themes,
       coalesce(head([(m)-[:HELD_IN]->(t:Territory) | t.code]), '') AS territory,
       [(o:Organisation)-[:ATTENDED]->(m) | id(o)] AS attended
ORDER BY m.id
