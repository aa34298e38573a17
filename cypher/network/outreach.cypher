// Suggested pairs and what became of them; what was decided on no day that is known, on the one it was written.
// returns: pair: LIST<STRING>, status: STRING, reason: STRING, on: STRING?, until: STRING?, talked: BOOLEAN
MATCH (x:Record&Outreach)
WITH x, [(x)-[:BETWEEN]->(o:Organisation) | o.id] AS pair
WHERE size(pair) = 2
OPTIONAL MATCH (c:Change {record: x.id})
WITH x, pair, max(c.at) AS written
RETURN pair, coalesce(x.status, '') AS status, coalesce(x.refusal_reason, '') AS reason,
       toString(coalesce(x.decided_on, CASE WHEN x.status IN ['NOW', 'SPR'] THEN null ELSE date(written) END)) AS on, toString(x.not_before) AS until,
       coalesce(x.assigned_to, '') <> '' OR coalesce(x.channel, '') <> '' OR EXISTS { (x)-[:LED_TO]->(:Meeting) } AS talked
ORDER BY written, x.id
