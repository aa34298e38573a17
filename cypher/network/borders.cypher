// Which territories border on which, as kept: from the one in whose record it stands.
// returns: a: STRING, b: STRING
MATCH (a:Territory)-[:BORDERS]->(b:Territory)
RETURN a.code AS a, b.code AS b
ORDER BY a, b
