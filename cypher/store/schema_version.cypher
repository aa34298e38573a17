// The number of the last migration that the database has had; 0 for a new one.
// returns: version: INTEGER
OPTIONAL MATCH (s:SchemaVersion {id: 'schema'})
RETURN coalesce(s.version, 0) AS version
