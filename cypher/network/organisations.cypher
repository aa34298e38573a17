// A piece of all organisations, by id, as one list per column; node is the database's own number.
// params: after: STRING, limit: INTEGER
// returns: node: LIST<INTEGER>, id: LIST<STRING>, name: LIST<STRING>, sector: LIST<STRING>, kind: LIST<STRING>, territory: LIST<STRING>, lat: LIST<FLOAT?>, lon: LIST<FLOAT?>, description: LIST<STRING>, tags: LIST<LIST<STRING>>, founder: LIST<INTEGER>, active_from: LIST<STRING?>, active_to: LIST<STRING?>, confirmed_on: LIST<STRING?>
MATCH (o:Record&Organisation)
WHERE o.id > $after
WITH o ORDER BY o.id LIMIT $limit
WITH collect({
  o: o,
  territory: head([(o)-[:LOCATED_IN]->(t:Territory) | t.code]),
  statuses: COLLECT {
    MATCH (o)-[s:HAS_STATUS]->(c:Status)
    WHERE s.until IS NULL
    RETURN c.code ORDER BY s.position, c.code
  },
  founder: head([(f:Organisation)-[:FOUNDED]->(o) | id(f)])
}) AS rows
RETURN [r IN rows | id(r.o)] AS node, [r IN rows | r.o.id] AS id, [r IN rows | coalesce(r.o.name, '')] AS name,
       [r IN rows | coalesce(r.o.sector, '')] AS sector, [r IN rows | coalesce(r.o.kind, '')] AS kind,
       [r IN rows | coalesce(r.territory, '')] AS territory, [r IN rows | r.o.lat] AS lat, [r IN rows | r.o.lon] AS lon,
       [r IN rows | coalesce(r.o.description, '')] AS description,
       [r IN rows | r.statuses + coalesce(r.o.pkd, [])] AS tags, [r IN rows | coalesce(r.founder, -1)] AS founder,
       [r IN rows | toString(r.o.active_from)] AS active_from, [r IN rows | toString(r.o.active_to)] AS active_to,
       [r IN rows | toString(r.o.confirmed_on)] AS confirmed_on
