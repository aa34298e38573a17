// The organisations of a projected network, with their partnerships, in the order of their ids.
// params: name: STRING, on: DATE?, active: BOOLEAN, today: DATE
// returns: node: INTEGER, id: STRING, sector: STRING, territory: STRING, partnerships: INTEGER
CALL gds.degree.stream($name) YIELD nodeId
WITH nodeId, gds.util.asNode(nodeId) AS o
RETURN nodeId AS node, o.id AS id, coalesce(o.sector, '') AS sector,
       coalesce(head([(o)-[:LOCATED_IN]->(t:Territory) | t.code]), '') AS territory,
       COUNT {
         MATCH (o)-[m:MEMBER_OF]->(p:Partnership)
         WHERE $on IS NULL OR (
           coalesce(m.since <= $on, true) AND coalesce(p.starts_on <= $on, p.phase <> 'F0', true)
           AND NOT ($active AND (coalesce(m.until <= $on, false) OR coalesce(p.ends_on <= $on, p.phase = 'FZ' AND $on >= $today, false))))
         RETURN DISTINCT p
       } AS partnerships
ORDER BY id
