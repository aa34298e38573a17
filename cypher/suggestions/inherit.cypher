// What was shown, or ignored, of an organisation that goes counts for the one that stays; an undo finds the originals.
// params: keep: STRING, gone: STRING
// returns: counted: INTEGER
MATCH (s:Shown)
WHERE $gone IN [s.a, s.b] AND NOT $keep IN [s.a, s.b]
WITH s, CASE WHEN s.a = $gone THEN s.b ELSE s.a END AS other
WITH s, CASE WHEN other < $keep THEN [other, $keep] ELSE [$keep, other] END AS pair
MERGE (t:Shown {pair: pair[0] + ' ' + pair[1]})
ON CREATE SET t += s{.times, .days, .ignored, .first_on, .last_on, .to}, t.a = pair[0], t.b = pair[1]
ON MATCH SET t.ignored = t.ignored + s.ignored
RETURN count(t) AS counted
