// PageRank, weighted, damping 0.85, not scaled: proportional to the one that sums to 1.
// params: name: STRING
// returns: node: INTEGER, value: FLOAT
CALL gds.pageRank.stream($name, {relationshipWeightProperty: 'weight', maxIterations: 1000, tolerance: 1e-12})
YIELD nodeId, score
RETURN nodeId AS node, score AS value
