// New records that have the same labels; merged by id, so that a record is never there twice.
// params: labels: LIST<STRING>, rows: LIST<MAP>
UNWIND $rows AS row
MERGE (r:Record {id: row.id})
SET r = row, r:$($labels)
