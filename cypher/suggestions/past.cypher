// Suggestions that somebody did something about, the newest first; of one day, the one that was written last.
// returns: id: STRING, a: STRING, b: STRING, status: STRING, on: DATE?, by: STRING, assigned_to: STRING,
//   reason: STRING, text: STRING, until: DATE?, chance: FLOAT?, partnership: STRING?
MATCH (x:Record&Outreach)
WITH x, [(x)-[:BETWEEN]->(o:Organisation&Record) | o.id] AS pair
WHERE size(pair) = 2
OPTIONAL MATCH (c:Change {record: x.id})
WITH x, pair, max(c.at) AS written
RETURN x.id AS id, CASE WHEN pair[0] < pair[1] THEN pair[0] ELSE pair[1] END AS a,
  CASE WHEN pair[0] < pair[1] THEN pair[1] ELSE pair[0] END AS b, coalesce(x.status, 'NOW') AS status,
  coalesce(x.decided_on, date(written)) AS on, coalesce(x.decided_by, '') AS by, coalesce(x.assigned_to, '') AS assigned_to,
  coalesce(x.refusal_reason, '') AS reason, coalesce(x.refusal, '') AS text, x.not_before AS until,
  x.score AS chance, head([(x)-[:LED_TO]->(p:Partnership&Record) | p.id]) AS partnership
ORDER BY coalesce(x.decided_on, date(written), date('1900-01-01')) DESC, coalesce(written, datetime('1900-01-01')) DESC, x.id
