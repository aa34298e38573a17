// Records by the words of a full-text index, best first; label keeps to one type where it is not null.
// params: index: STRING, text: STRING, label: STRING?, limit: INTEGER
// returns: id: STRING, label: STRING, name: STRING, hint: STRING?, score: FLOAT
CALL db.index.fulltext.queryNodes($index, $text) YIELD node, score
WHERE node:Record AND ($label IS NULL OR $label IN labels(node))
WITH node, score
ORDER BY score DESC, size(coalesce(node.name, '')), node.id
LIMIT $limit
RETURN node.id AS id,
       head([l IN labels(node) WHERE l <> 'Record']) AS label,
       coalesce(node.name, node.text, node.id) AS name,
       coalesce(head([(node)-[:LOCATED_IN|HELD_IN|PLANS_FOR]->(t:Territory) | t.name]), toString(node.starts_on), node.code) AS hint,
       score
