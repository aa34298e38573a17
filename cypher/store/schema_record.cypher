// Records that a migration is done.
// params: version: INTEGER, name: STRING
// returns: version: INTEGER
MATCH (s:SchemaVersion {id: 'schema'})
SET s.version = $version, s.name = $name, s.migrated_at = datetime()
RETURN s.version AS version
