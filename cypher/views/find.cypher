// Saved views, newest first: the one of an id, those of an owner, those shown to any of the readers, or the one shared
// under a token's hash.
// params: id: STRING?, owner: STRING?, token_hash: STRING?, readers: LIST<STRING>
// returns: id: STRING, owner: STRING, name: STRING, path: STRING, query: STRING, created_at: DATETIME,
//   token_hash: STRING?, expires_at: DATETIME?, names: BOOLEAN, password_hash: STRING?, readers: LIST<STRING>,
//   shown_at: DATETIME?
MATCH (v:SavedView)
WHERE v.id = $id OR v.owner = $owner OR v.token_hash = $token_hash OR any(r IN $readers WHERE r IN v.readers)
RETURN v.id AS id, v.owner AS owner, v.name AS name, v.path AS path, v.query AS query, v.created_at AS created_at,
  v.token_hash AS token_hash, v.expires_at AS expires_at, v.names AS names,
  v.password_hash AS password_hash, coalesce(v.readers, []) AS readers, v.shown_at AS shown_at
ORDER BY v.created_at DESC, v.id
