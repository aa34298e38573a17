// Organisations not confirmed since a day, or never, those longest ago first; in a territory and below where one is given.
// Names sort as in Polish: ą after a.
// params: day: DATE, before: DATE, territory: STRING, letters: LIST<LIST<STRING>>, skip: INTEGER, limit: INTEGER
// returns: id: STRING, name: STRING, sector: STRING, territory: STRING?, confirmed_on: DATE?, total: INTEGER
MATCH (o:Organisation)
WHERE (o.active_to IS NULL OR o.active_to > $day) AND (o.confirmed_on IS NULL OR o.confirmed_on < $before)
OPTIONAL MATCH (o)-[:LOCATED_IN]->(t:Territory)
WITH o, t
WHERE $territory = '' OR t.code STARTS WITH $territory
ORDER BY o.confirmed_on IS NOT NULL, o.confirmed_on,
  reduce(s = toLower(o.name), pair IN $letters | replace(s, pair[0], pair[1])), o.id
WITH collect({o: o, t: t}) AS rows
UNWIND rows[$skip..$skip + $limit] AS row
RETURN row.o.id AS id, row.o.name AS name, row.o.sector AS sector, row.t.name AS territory,
       row.o.confirmed_on AS confirmed_on, size(rows) AS total
