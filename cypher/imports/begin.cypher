// Notes that an import runs (or runs again after it broke off), and lets one import at a time write.
// params: id: STRING, file: STRING, sha256: STRING, profile: STRING, by: STRING
// returns: status: STRING
MATCH (s:SchemaVersion {id: 'schema'})
SET s.importing = $id
MERGE (i:Import {id: $id})
ON CREATE SET i.file = $file, i.sha256 = $sha256, i.profile = $profile, i.by = $by, i.status = 'running', i.started_at = datetime()
RETURN i.status AS status
