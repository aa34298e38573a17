// Takes the write locks of records, so that nobody changes them before this transaction ends.
// params: ids: LIST<STRING>
UNWIND $ids AS id
MATCH (r:Record {id: id})
SET r.version = r.version
