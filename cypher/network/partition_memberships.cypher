// The memberships of the partnerships whose id is in a range, as one list per column.
// params: from: STRING, to: STRING
// returns: organisation: LIST<STRING>, partnership: LIST<STRING>, since: LIST<STRING?>, until: LIST<STRING?>
MATCH (p:Record&Partnership)
USING INDEX SEEK p:Record(id)
WHERE p.id >= $from AND p.id < $to
MATCH (o:Organisation)-[m:MEMBER_OF]->(p)
WITH collect({o: o.id, p: p.id, m: m}) AS rows
RETURN [r IN rows | r.o] AS organisation, [r IN rows | r.p] AS partnership,
       [r IN rows | toString(r.m.since)] AS since, [r IN rows | toString(r.m.until)] AS until
