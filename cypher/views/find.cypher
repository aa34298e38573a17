// Saved views of an owner, newest first; or the one shared under a token's hash.
// params: owner: STRING?, token_hash: STRING?
// returns: id: STRING, owner: STRING, name: STRING, path: STRING, query: STRING, created_at: DATETIME,
//   token_hash: STRING?, expires_at: DATETIME?, names: BOOLEAN, password_hash: STRING?
MATCH (v:SavedView)
WHERE ($owner IS NOT NULL AND v.owner = $owner) OR ($token_hash IS NOT NULL AND v.token_hash = $token_hash)
RETURN v.id AS id, v.owner AS owner, v.name AS name, v.path AS path, v.query AS query, v.created_at AS created_at,
  v.token_hash AS token_hash, v.expires_at AS expires_at, v.names AS names,
  v.password_hash AS password_hash
ORDER BY v.created_at DESC, v.id
