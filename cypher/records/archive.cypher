// Records put away: without the labels of their types (gone) no other query sees them; their links stay.
// params: rows: LIST<MAP>
UNWIND $rows AS row
MATCH (r:Record {id: row.id})
SET r.archived_at = row.at, r.archived_by = row.by, r.archived_label = row.label, r.version = row.version,
    r.merged_into = row.merged_into
SET r:Archived
REMOVE r:$(row.gone)
