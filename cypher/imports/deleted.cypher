// Which records that a batch is about were deleted; what was merged into another is not among them.
// params: ids: LIST<STRING>
// returns: id: STRING
UNWIND $ids AS id
MATCH (r:Record&Archived {id: id})
WHERE r.merged_into IS NULL
RETURN r.id AS id
