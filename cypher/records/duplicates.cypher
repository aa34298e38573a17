// Pairs of organisations that may be one: a similar name by the index, in the same territory.
// params: id: STRING, text: STRING, limit: INTEGER
// returns: id: STRING, name: STRING, territory: STRING?, score: FLOAT
MATCH (o:Organisation {id: $id})
CALL db.index.fulltext.queryNodes('names', $text) YIELD node, score
WHERE node:Organisation AND node <> o
OPTIONAL MATCH (node)-[:LOCATED_IN]->(t:Territory)
WITH node, t, score
LIMIT $limit
RETURN node.id AS id, node.name AS name, t.name AS territory, score
