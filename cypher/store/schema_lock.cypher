// Lets one process at a time migrate: the node stays locked until the transaction ends.
// returns: version: INTEGER
MERGE (s:SchemaVersion {id: 'schema'})
SET s.locked_at = datetime()
RETURN coalesce(s.version, 0) AS version
