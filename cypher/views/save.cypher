// Creates or changes a saved view; an owner's view never becomes another's.
// params: id: STRING, owner: STRING, name: STRING, path: STRING, query: STRING, created_at: DATETIME,
//   token_hash: STRING?, expires_at: DATETIME?, names: BOOLEAN, password_hash: STRING?,
//   readers: LIST<STRING>, shown_at: DATETIME?
// returns: id: STRING
MERGE (v:SavedView {id: $id})
ON CREATE SET v.owner = $owner
WITH v WHERE v.owner = $owner
SET v.name = $name, v.path = $path, v.query = $query, v.created_at = $created_at, v.token_hash = $token_hash,
  v.expires_at = $expires_at, v.names = $names, v.password_hash = $password_hash,
  v.readers = $readers, v.shown_at = $shown_at
RETURN v.id AS id
