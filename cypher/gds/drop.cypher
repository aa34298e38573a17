// Forget a projected network.
// params: name: STRING
// returns: graph: STRING
CALL gds.graph.drop($name, false) YIELD graphName
RETURN graphName AS graph
