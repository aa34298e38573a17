// Counts suggestions as shown (each pair once a day at most) or as ignored by somebody who said so.
// params: pairs: LIST<LIST<STRING>>, by: STRING, day: DATE, ignored: BOOLEAN
// returns: counted: INTEGER
UNWIND $pairs AS pair
MATCH (:Organisation&Record {id: pair[0]}), (:Organisation&Record {id: pair[1]})
MERGE (s:Shown {pair: pair[0] + ' ' + pair[1]})
ON CREATE SET s.a = pair[0], s.b = pair[1], s.first_on = $day, s.times = 0, s.ignored = 0, s.to = []
WITH s, s.last_on IS NULL OR s.last_on < $day AS anew
SET s.times = s.times + CASE WHEN anew THEN 1 ELSE 0 END,
    s.days = coalesce(s.days, []) + CASE WHEN anew THEN [$day] ELSE [] END,
    s.ignored = s.ignored + CASE WHEN $ignored THEN 1 ELSE 0 END,
    s.last_on = $day,
    s.to = CASE WHEN $by IN s.to THEN s.to ELSE s.to + $by END
RETURN count(s) AS counted
