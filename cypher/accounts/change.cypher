// Sets what is new of an account that is locked, and nothing else of it; ends: and ends all of its sessions. A new
// password only where nobody set another one, or ended all sessions, since the account was read. One-time sign-in
// tokens end with a new password, and where all sessions are ended.
// params: id: STRING, new: MAP, ends: BOOLEAN, password_hash: STRING?, sessions: INTEGER
// returns: id: STRING
MATCH (a:Account {id: $id})
WHERE $new.password_hash IS NULL
  OR (coalesce(a.password_hash, '') = coalesce($password_hash, '') AND coalesce(a.sessions, 0) = $sessions)
CALL (a) {
  MATCH (t:SignInToken)-[:SIGNS_IN]->(a) WHERE $ends OR $new.password_hash IS NOT NULL
  DETACH DELETE t
}
SET a += $new, a.sessions = coalesce(a.sessions, 0) + CASE WHEN $ends THEN 1 ELSE 0 END
RETURN a.id AS id
