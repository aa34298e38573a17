// The territories that a region of work or a revitalisation area covers; the code itself where it covers none.
// params: code: STRING
// returns: code: STRING
OPTIONAL MATCH (:Territory {code: $code})-[:COVERS]->(t:Territory)
RETURN coalesce(t.code, $code) AS code
ORDER BY code
