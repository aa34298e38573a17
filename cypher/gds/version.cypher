// Whether the server has Neo4j's graph data science library; a server without it gives no row.
// returns: name: STRING
SHOW FUNCTIONS YIELD name
WHERE name = 'gds.version'
RETURN name
