// The ids of all records of one type; AnyRecord stands for the label, set by the store.
// params:
// returns: ids: LIST<STRING>
MATCH (r:AnyRecord)
WITH r.id AS id
ORDER BY id
RETURN collect(id) AS ids
