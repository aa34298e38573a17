// Shortest paths between two others that lead through each, from sampling organisations.
// params: name: STRING, sampling: INTEGER, seed: INTEGER
// returns: node: INTEGER, value: FLOAT
CALL gds.betweenness.stream($name, {samplingSize: $sampling, samplingSeed: $seed})
YIELD nodeId, score
RETURN nodeId AS node, score AS value
