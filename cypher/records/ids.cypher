// The ids of all records of one type; AnyRecord stands for the label, set by the store.
// params:
// returns: id: STRING
MATCH (r:AnyRecord)
RETURN r.id AS id
ORDER BY id
