// Keeps the hash of a one-time sign-in token of an account, and forgets its earlier ones and what has expired.
// params: hash: STRING, account_id: STRING, now: DATETIME, expires_at: DATETIME
// returns: hash: STRING
MATCH (a:Account {id: $account_id})
CALL (a) { MATCH (old:SignInToken) WHERE old.expires_at <= $now OR (old)-[:SIGNS_IN]->(a) DETACH DELETE old }
CREATE (t:SignInToken {hash: $hash, expires_at: $expires_at})-[:SIGNS_IN]->(a)
RETURN t.hash AS hash
