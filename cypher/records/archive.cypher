// A record put away: without the label of its type no other query sees it; its links stay.
// params: id: STRING, label: STRING, gone: LIST<STRING>, at: DATETIME, by: STRING, version: INTEGER, merged_into: STRING?
MATCH (r:Record {id: $id})
SET r.archived_at = $at, r.archived_by = $by, r.archived_label = $label, r.version = $version, r.merged_into = $merged_into
SET r:Archived
REMOVE r:$($gone)
