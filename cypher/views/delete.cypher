// Deletes a saved view of an owner.
// params: id: STRING, owner: STRING
// returns: deleted: INTEGER
MATCH (v:SavedView {id: $id, owner: $owner})
DELETE v
RETURN count(*) AS deleted
