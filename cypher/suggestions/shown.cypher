// Every pair that was shown: on how many days, on how many since the last decision about it, how often somebody said they
// ignore it, first and last day, to whom.
// returns: a: STRING, b: STRING, times: INTEGER, ignored: INTEGER, first_on: DATE, last_on: DATE, to: LIST<STRING>,
//   passed: INTEGER
MATCH (s:Shown)
OPTIONAL MATCH (:Organisation {id: s.a})<-[:BETWEEN]-(x:Record&Outreach)-[:BETWEEN]->(:Organisation {id: s.b})
WHERE NOT coalesce(x.status, 'NOW') IN ['NOW', 'SPR']
OPTIONAL MATCH (c:Change {record: x.id})
WITH s, x, date(max(c.at)) AS written
WITH s, max(coalesce(x.decided_on, written)) AS decided
RETURN s.a AS a, s.b AS b, s.times AS times, s.ignored AS ignored, s.first_on AS first_on, s.last_on AS last_on,
  s.to AS to,
  CASE WHEN decided IS NULL THEN s.times ELSE size([d IN coalesce(s.days, []) WHERE d > decided]) END AS passed
ORDER BY s.pair
