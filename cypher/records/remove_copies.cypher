// The links that came with a merge, taken off again.
// params: keep: STRING, gone: STRING
MATCH (:Record {id: $keep})-[l]-()
WHERE l.merged_from = $gone
DELETE l
