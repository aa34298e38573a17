// Units without legal personality and who founded them.
// params: rows: LIST<MAP>
UNWIND $rows AS row
MATCH (r:Record {id: row.id})
MATCH (f:Record {id: row.key})
CREATE (f)-[l:FOUNDED]->(r)
SET l = row.properties
