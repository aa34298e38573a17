// Uses up an unexpired token: gives its account once.
// params: hash: STRING, now: DATETIME
// returns: account_id: STRING
MATCH (t:SignInToken {hash: $hash})-[:SIGNS_IN]->(a:Account)
WHERE t.expires_at > $now
WITH t, a.id AS account_id
DETACH DELETE t
RETURN account_id
