// Notes at the end of a transaction what it wrote: its number and the ids of the records that it touched, null where
// that is not known. The entry that is `kept` older goes.
// params: id: STRING, records: LIST<STRING>?, kept: INTEGER
MERGE (c:WrittenCounter {id: 'written'})
SET c.count = coalesce(c.count, 0) + 1
CREATE (w:Written {number: c.count, id: $id, records: $records})
WITH c
MATCH (old:Written {number: c.count - $kept})
DELETE old
