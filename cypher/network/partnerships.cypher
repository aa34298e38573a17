// One of several parts of all partnerships, as one list per column; node is the database's own number, a day that is
// not known is an empty text.
// params: part: INTEGER, parts: INTEGER
// returns: node: LIST<INTEGER>, id: LIST<STRING>, name: LIST<STRING>, kind: LIST<STRING>, phase: LIST<STRING>, starts_on: LIST<STRING>, ends_on: LIST<STRING>, themes: LIST<LIST<STRING>>, description: LIST<STRING>, source: LIST<STRING>
MATCH (p:Record&Partnership)
WHERE id(p) % $parts = $part
RETURN collect(id(p)) AS node, collect(p.id) AS id, collect(coalesce(p.name, '')) AS name,
       collect(coalesce(p.kind, '')) AS kind, collect(coalesce(p.phase, '')) AS phase,
       collect(coalesce(toString(p.starts_on), '')) AS starts_on, collect(coalesce(toString(p.ends_on), '')) AS ends_on,
       collect(coalesce(p.themes, [])) AS themes, collect(coalesce(p.purpose, '')) AS description,
       collect(coalesce(p.source_file, '')) AS source
