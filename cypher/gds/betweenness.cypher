// Shortest paths between two others that lead through each.
// params: name: STRING
// returns: node: INTEGER, value: FLOAT
CALL gds.betweenness.stream($name, {})
YIELD nodeId, score
RETURN nodeId AS node, score AS value
