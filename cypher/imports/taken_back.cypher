// Notes that an import was taken back.
// params: id: STRING, by: STRING
MATCH (i:Import {id: $id})
SET i.status = 'taken back', i.taken_back_at = datetime(), i.taken_back_by = $by, i.created = [], i.changes = []
