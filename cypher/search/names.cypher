// Organisations, partnerships and territories by the full-text index of names, best first.
// params: text: STRING, labels: LIST<STRING>, limit: INTEGER
// returns: id: STRING, label: STRING, name: STRING, hint: STRING, score: FLOAT
CALL db.index.fulltext.queryNodes('names', $text, {limit: $limit * 4}) YIELD node, score
WITH node, score, head([l IN $labels WHERE l IN labels(node)]) AS label
WHERE label IS NOT NULL AND node:Record
RETURN node.id AS id, label, coalesce(node.name, '') AS name,
       coalesce(head([(node)-[:LOCATED_IN|PART_OF]->(t:Territory) | t.name]), toString(node.starts_on), '') AS hint,
       score
ORDER BY score DESC, size(name), name, id
LIMIT $limit
