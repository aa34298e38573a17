// Dated statuses of organisations.
// params: rows: LIST<MAP>
UNWIND $rows AS row
MATCH (r:Record {id: row.id})
MERGE (s:Status {code: row.key})
CREATE (r)-[l:HAS_STATUS]->(s)
SET l = row.properties
