// Entries of the history.
// params: rows: LIST<MAP>
UNWIND $rows AS row
CREATE (c:Change)
SET c = row
