// Changes records that were there; their history is kept beside.
// params: rows: LIST<MAP>
UNWIND $rows AS row
MATCH (r:Record {id: row.id})
SET r += row.after, r:$(row.labels)
REMOVE r:$(row.gone)
