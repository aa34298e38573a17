// The imports that were finished last, and whether each can be taken back.
// params: limit: INTEGER
// returns: id: STRING, file: STRING, at: DATETIME, partnerships: INTEGER, made: BOOLEAN, status: STRING
MATCH (i:Import)
WHERE i.finished_at IS NOT NULL
RETURN i.id AS id, i.file AS file, i.finished_at AS at, i.partnerships AS partnerships,
       size(coalesce(i.created, [])) + size(coalesce(i.changes, [])) > 0 AS made, i.status AS status
ORDER BY at DESC LIMIT $limit
