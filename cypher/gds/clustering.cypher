// Share of each organisation's pairs of partners that are tied.
// params: name: STRING
// returns: node: INTEGER, value: FLOAT
CALL gds.localClusteringCoefficient.stream($name)
YIELD nodeId, localClusteringCoefficient
RETURN nodeId AS node, localClusteringCoefficient AS value
