// What an import made: version and id of each record, and its entries of the history.
// params: id: STRING
// returns: created: LIST<STRING>, changes: LIST<MAP>
MATCH (i:Import {id: $id})
WHERE size(coalesce(i.created, [])) + size(coalesce(i.changes, [])) > 0
RETURN i.created AS created, COLLECT { MATCH (c:Change) WHERE c.id IN i.changes RETURN properties(c) } AS changes
