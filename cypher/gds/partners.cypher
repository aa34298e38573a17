// With how many others each organisation is tied.
// params: name: STRING
// returns: node: INTEGER, value: FLOAT
CALL gds.degree.stream($name)
YIELD nodeId, score
RETURN nodeId AS node, score AS value
