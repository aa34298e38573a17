// Accounts: one by id, one by e-mail (in lower case), or all where neither is given; by e-mail. None of a session that
// was ended.
// params: id: STRING?, email_key: STRING?, session: STRING?
// returns: id: STRING, email: STRING, name: STRING, role: STRING, password_hash: STRING?, active: BOOLEAN,
//   must_change_password: BOOLEAN, territory: STRING, sessions: INTEGER
MATCH (a:Account)
WHERE ($id IS NULL OR a.id = $id) AND ($email_key IS NULL OR a.email_key = $email_key)
  AND ($session IS NULL OR NOT EXISTS { MATCH (:EndedSession {id: $session}) })
RETURN a.id AS id, a.email AS email, a.name AS name, a.role AS role, a.password_hash AS password_hash,
  a.active AS active, a.must_change_password AS must_change_password,
  coalesce(a.territory, "") AS territory, coalesce(a.sessions, 0) AS sessions
ORDER BY a.email_key
