// Make the network of organisations in the server's memory: those that share a partnership are tied, as of a day
// (null: whatever its date). Weights: weighted (1 / (k - 1) for each shared partnership of k members), count,
// unweighted. An organisation counts from its own start, else from its first partnership if that has begun, else always.
// params: name: STRING, on: DATE?, active: BOOLEAN, projection: STRING, today: DATE
// returns: nodes: INTEGER, ties: INTEGER
MATCH (o:Record&Organisation)
WITH o, coalesce(o.active_from,
                 COLLECT {
                   MATCH (o)-[m:MEMBER_OF]->(p:Partnership)
                   WHERE p.starts_on IS NOT NULL OR coalesce(p.phase <> 'F0', true)
                   WITH [d IN [m.since, p.starts_on] WHERE d IS NOT NULL] AS known
                   WITH reduce(latest = date({year: 1}), d IN known | CASE WHEN d > latest THEN d ELSE latest END) AS since
                   WHERE since <= $today
                   RETURN since ORDER BY since LIMIT 1
                 }[0]) AS first
WHERE $on IS NULL OR (coalesce(first <= $on, true) AND NOT ($active AND coalesce(o.active_to <= $on, false)))
WITH collect(o) AS there
CALL (there) {
  UNWIND there AS o
  RETURN o AS source, null AS target, 0.0 AS weight
  UNION ALL
  UNWIND there AS o
  MATCH (o)-[m:MEMBER_OF]->(p:Partnership)
  WHERE $on IS NULL OR (
    coalesce(m.since <= $on, true) AND coalesce(p.starts_on <= $on, p.phase <> 'F0', true)
    AND NOT ($active AND (coalesce(m.until <= $on, false) OR coalesce(p.ends_on <= $on, p.phase = 'FZ' AND $on >= $today, false))))
  WITH p, collect(DISTINCT o) AS members
  UNWIND members AS source
  UNWIND members AS target
  WITH source, target, size(members) AS k
  WHERE elementId(source) < elementId(target)
  RETURN source, target,
         CASE $projection WHEN 'weighted' THEN sum(1.0 / (k - 1)) WHEN 'count' THEN toFloat(count(*)) ELSE 1.0 END AS weight
}
WITH gds.graph.project(
  $name, source, target, {relationshipProperties: {weight: weight}}, {undirectedRelationshipTypes: ['*']}
) AS g
RETURN g.nodeCount AS nodes, g.relationshipCount / 2 AS ties
