// A page of the records of one type, filtered and sorted; AnyRecord stands for the type's label, set by the store.
// A filter by a territory takes in all below it. Names sort as in Polish: ą after a.
// params: equal: MAP, among: MAP, ranges: LIST<MAP>, links: LIST<MAP>, empty: LIST<STRING>, sort: STRING,
//   descending: BOOLEAN, letters: LIST<LIST<STRING>>, skip: INTEGER, limit: INTEGER
// returns: ids: LIST<STRING>, total: INTEGER
MATCH (r:AnyRecord)
WHERE all(f IN keys($equal) WHERE r[f] IN $equal[f])
  AND all(f IN keys($among) WHERE any(v IN $among[f] WHERE v IN coalesce(r[f], [])))
  AND all(f IN $empty WHERE r[f] IS NULL)
  AND all(x IN $ranges WHERE (x.first IS NULL OR r[x.field] >= x.first) AND (x.last IS NULL OR r[x.field] <= x.last))
  AND all(x IN $links WHERE EXISTS {
    MATCH (r)-[l]-(t)
    WHERE type(l) = x.type AND (startNode(l) = r) = x.out
      AND (t.id IN x.keys OR t.code IN x.keys OR (t:Territory AND any(k IN x.keys WHERE t.code STARTS WITH k)))
  })
WITH r, CASE WHEN r[$sort] IS :: STRING NOT NULL
             THEN reduce(s = toLower(r[$sort]), pair IN $letters | replace(s, pair[0], pair[1]))
             ELSE r[$sort] END AS key
ORDER BY key IS NULL, CASE WHEN $descending THEN NULL ELSE key END, CASE WHEN $descending THEN key END DESC, r.id
WITH collect(r.id) AS ids
RETURN ids[$skip..$skip + $limit] AS ids, size(ids) AS total
