// Core number of each organisation.
// params: name: STRING
// returns: node: INTEGER, value: INTEGER
CALL gds.kcore.stream($name)
YIELD nodeId, coreValue
RETURN nodeId AS node, coreValue AS value
