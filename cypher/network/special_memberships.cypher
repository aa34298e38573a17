// The memberships with another role than PAR or with days of their own, in pieces, as one list per column.
// params: part: INTEGER, parts: INTEGER, size: INTEGER
// returns: pair: LIST<INTEGER>, role: LIST<STRING>, since: LIST<STRING>, until: LIST<STRING>
MATCH (o)-[m:MEMBER_OF]->(p)
WHERE id(m) % $parts = $part AND (coalesce(m.role, 'PAR') <> 'PAR' OR m.since IS NOT NULL OR m.until IS NOT NULL)
WITH id(m) / $size AS piece, collect(id(p) * 4294967296 + id(o)) AS pair, collect(coalesce(m.role, 'PAR')) AS role,
     collect(coalesce(toString(m.since), '')) AS since, collect(coalesce(toString(m.until), '')) AS until
RETURN pair, role, since, until
