// Nodes of records as they shall be; labels that they no longer have are taken off.
// params: rows: LIST<MAP>
UNWIND $rows AS row
MERGE (r:Record {id: row.id})
SET r = row.properties
SET r:$(row.labels)
REMOVE r:$(row.gone)
