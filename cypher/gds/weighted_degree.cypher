// Sum of the weights of each organisation's ties.
// params: name: STRING
// returns: node: INTEGER, value: FLOAT
CALL gds.degree.stream($name, {relationshipWeightProperty: 'weight'})
YIELD nodeId, score
RETURN nodeId AS node, score AS value
