// Closeness with the correction of Wasserman and Faust.
// params: name: STRING
// returns: node: INTEGER, value: FLOAT
CALL gds.closeness.stream($name, {useWassermanFaust: true})
YIELD nodeId, score
RETURN nodeId AS node, score AS value
