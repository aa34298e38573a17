// Every pair that was shown: on how many days, on how many since the last decision about it, how often somebody said they
// ignore it, first and last day, to whom. What was shown of an organisation that was merged counts for the one that stays.
// stays: by the id of each that was merged, the id of the one that is there now.
// params: stays: MAP
// returns: a: STRING, b: STRING, times: INTEGER, ignored: INTEGER, first_on: DATE, last_on: DATE, to: LIST<STRING>,
//   passed: INTEGER
MATCH (s:Shown)
WITH s, coalesce($stays[s.a], s.a) AS x, coalesce($stays[s.b], s.b) AS y
WHERE x <> y
WITH s, CASE WHEN x < y THEN [x, y] ELSE [y, x] END AS pair
OPTIONAL MATCH (:Organisation {id: pair[0]})<-[:BETWEEN]-(x:Record&Outreach)-[:BETWEEN]->(:Organisation {id: pair[1]})
WHERE NOT coalesce(x.status, 'NOW') IN ['NOW', 'SPR']
OPTIONAL MATCH (c:Change {record: x.id})
WITH s, pair, x, date(max(c.at)) AS written
WITH s, pair, max(coalesce(x.decided_on, written)) AS decided
WITH pair, decided, sum(s.times - size(coalesce(s.days, []))) AS undated, collect(coalesce(s.days, [])) AS days,
     sum(s.ignored) AS ignored, min(s.first_on) AS first_on, max(s.last_on) AS last_on, collect(s.to) AS to
WITH *, reduce(all = [], some IN days | all + [d IN some WHERE NOT d IN all]) AS different
WITH *, undated + size(different) AS times
RETURN pair[0] AS a, pair[1] AS b, times, ignored, first_on, last_on,
  reduce(all = [], some IN to | all + [who IN some WHERE NOT who IN all]) AS to,
  CASE WHEN decided IS NULL THEN times ELSE size([d IN different WHERE d > decided]) END AS passed
ORDER BY a, b
