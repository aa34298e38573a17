// Creates or changes an account. One-time sign-in tokens end with a new password, and where all sessions are ended.
// params: id: STRING, email: STRING, email_key: STRING, name: STRING, role: STRING, password_hash: STRING?,
//   active: BOOLEAN, must_change_password: BOOLEAN, territory: STRING,
//   sessions: INTEGER
// returns: id: STRING
MERGE (a:Account {id: $id})
WITH a, coalesce(a.sessions, 0) <> $sessions OR coalesce(a.password_hash, '') <> coalesce($password_hash, '') AS ended
CALL (a, ended) { MATCH (t:SignInToken)-[:SIGNS_IN]->(a) WHERE ended DETACH DELETE t }
SET a.email = $email, a.email_key = $email_key, a.name = $name, a.role = $role, a.password_hash = $password_hash,
  a.active = $active, a.must_change_password = $must_change_password, a.territory = $territory, a.sessions = $sessions
RETURN a.id AS id
