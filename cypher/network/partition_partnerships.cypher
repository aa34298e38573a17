// The partnerships whose id is in a range, as one list per column.
// params: from: STRING, to: STRING
// returns: id: LIST<STRING>, starts_on: LIST<STRING?>, ends_on: LIST<STRING?>, phase: LIST<STRING>
MATCH (p:Record&Partnership)
USING INDEX SEEK p:Record(id)
WHERE p.id >= $from AND p.id < $to
WITH collect(p) AS ps
RETURN [p IN ps | p.id] AS id, [p IN ps | toString(p.starts_on)] AS starts_on, [p IN ps | toString(p.ends_on)] AS ends_on,
       [p IN ps | coalesce(p.phase, '')] AS phase
