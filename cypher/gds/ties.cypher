// Each organisation's ties in a projected network.
// params: name: STRING
// returns: source: INTEGER, targets: LIST<INTEGER>, weights: LIST<FLOAT>
CALL gds.graph.relationshipProperty.stream($name, 'weight')
YIELD sourceNodeId, targetNodeId, propertyValue
RETURN sourceNodeId AS source, collect(targetNodeId) AS targets, collect(propertyValue) AS weights
