// Leiden on weighted modularity: a number for each organisation's community.
// params: name: STRING, seed: INTEGER
// returns: node: INTEGER, value: INTEGER
CALL gds.leiden.stream($name, {relationshipWeightProperty: 'weight', randomSeed: $seed, concurrency: 1, maxLevels: 20})
YIELD nodeId, communityId
RETURN nodeId AS node, communityId AS value
