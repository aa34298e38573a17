// Takes the write locks of records, so that nobody changes them before this transaction ends.
// Not by a property that means something: its value would be the one from before the wait for the lock.
// params: ids: LIST<STRING>
UNWIND $ids AS id
MATCH (r:Record {id: id})
SET r.locked = true
REMOVE r.locked
