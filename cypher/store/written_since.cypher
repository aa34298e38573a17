// What transactions wrote after the one with this number and id: one row for each, none where that one is not known.
// params: number: INTEGER, id: STRING
// returns: records: LIST<STRING>?
MATCH (:Written {number: $number, id: $id})
MATCH (w:Written)
WHERE w.number > $number
RETURN w.records AS records
