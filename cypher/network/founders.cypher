// Units without legal personality and the organisation that each hangs on, by number.
// returns: node: LIST<INTEGER>, founder: LIST<INTEGER>
MATCH (f:Organisation)-[:FOUNDED]->(o:Organisation)
RETURN collect(id(o)) AS node, collect(id(f)) AS founder
