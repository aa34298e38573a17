// A piece of all partnerships, by id, as one list per column; node is the database's own number.
// params: after: STRING, limit: INTEGER
// returns: node: LIST<INTEGER>, id: LIST<STRING>, name: LIST<STRING>, kind: LIST<STRING>, phase: LIST<STRING>, starts_on: LIST<STRING?>, ends_on: LIST<STRING?>, themes: LIST<LIST<STRING>>, territories: LIST<LIST<STRING>>, description: LIST<STRING>, source: LIST<STRING>
MATCH (p:Record&Partnership)
WHERE p.id > $after
WITH p ORDER BY p.id LIMIT $limit
WITH collect({
  p: p,
  territories: COLLECT { MATCH (p)-[a:ACTS_IN]->(t:Territory) RETURN t.code ORDER BY a.position, t.code }
}) AS rows
RETURN [r IN rows | id(r.p)] AS node, [r IN rows | r.p.id] AS id, [r IN rows | coalesce(r.p.name, '')] AS name,
       [r IN rows | coalesce(r.p.kind, '')] AS kind, [r IN rows | coalesce(r.p.phase, '')] AS phase,
       [r IN rows | toString(r.p.starts_on)] AS starts_on, [r IN rows | toString(r.p.ends_on)] AS ends_on,
       [r IN rows | coalesce(r.p.themes, [])] AS themes, [r IN rows | r.territories] AS territories,
       [r IN rows | coalesce(r.p.purpose, '')] AS description, [r IN rows | coalesce(r.p.source_file, '')] AS source
