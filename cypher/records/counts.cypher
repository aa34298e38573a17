// How many records there are of each type.
// params:
// returns: label: STRING, count: INTEGER
MATCH (r:Record)
UNWIND labels(r) AS label
WITH label, count(*) AS count
WHERE label <> 'Record'
RETURN label, count
