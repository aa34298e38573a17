// Keeps which session was ended, and forgets those whose cookies are too old by now to open anything.
// params: session: STRING, now: DATETIME, until: DATETIME
// returns: id: STRING
CALL () { MATCH (old:EndedSession) WHERE old.until <= $now DELETE old }
MERGE (e:EndedSession {id: $session})
SET e.until = $until
RETURN e.id AS id
