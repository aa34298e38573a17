// A number for each organisation's connected component.
// params: name: STRING
// returns: node: INTEGER, value: INTEGER
CALL gds.wcc.stream($name)
YIELD nodeId, componentId
RETURN nodeId AS node, componentId AS value
