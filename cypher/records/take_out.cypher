// A record that was put away, taken out again.
// params: id: STRING, labels: LIST<STRING>, version: INTEGER
MATCH (r:Record {id: $id})
SET r.version = $version
SET r:$($labels)
REMOVE r:Archived, r.archived_at, r.archived_by, r.archived_label, r.merged_into
