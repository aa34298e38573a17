// Notes what an import made (version and id of each record) and which entries of the history it wrote, to take it back; of
// a very large one nothing is kept.
// params: id: STRING, created: LIST<STRING>, changes: LIST<STRING>, most: INTEGER
MATCH (i:Import {id: $id})
WITH i, coalesce(i.created, []) + $created AS created, coalesce(i.changes, []) + $changes AS changes
WITH i, created, changes, coalesce(i.large, false) OR size(created) + size(changes) > $most AS large
SET i.large = large, i.created = CASE WHEN large THEN [] ELSE created END,
    i.changes = CASE WHEN large THEN [] ELSE changes END
