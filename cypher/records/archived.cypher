// Records put away, newest first.
// params: skip: INTEGER, limit: INTEGER
// returns: id: STRING, label: STRING, name: STRING?, at: DATETIME, by: STRING, merged_into: STRING?
MATCH (r:Archived)
RETURN r.id AS id, r.archived_label AS label, r.name AS name, r.archived_at AS at, r.archived_by AS by, r.merged_into AS merged_into
ORDER BY at DESC, id
SKIP $skip LIMIT $limit
