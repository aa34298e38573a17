// The organisations whose id is in a range, as one list per column.
// params: from: STRING, to: STRING
// returns: id: LIST<STRING>, name: LIST<STRING>, sector: LIST<STRING>, territory: LIST<STRING>, active_from: LIST<STRING?>, active_to: LIST<STRING?>
MATCH (o:Record&Organisation)
USING INDEX SEEK o:Record(id)
WHERE o.id >= $from AND o.id < $to
WITH o, head([(o)-[:LOCATED_IN]->(t:Territory) | t.code]) AS territory
WITH collect({o: o, territory: territory}) AS rows
RETURN [r IN rows | r.o.id] AS id, [r IN rows | r.o.name] AS name, [r IN rows | coalesce(r.o.sector, '')] AS sector,
       [r IN rows | coalesce(r.territory, '')] AS territory,
       [r IN rows | toString(r.o.active_from)] AS active_from, [r IN rows | toString(r.o.active_to)] AS active_to
