// Every pair that was shown: on how many days, how often somebody said they ignore it, first and last day, to whom.
// returns: a: STRING, b: STRING, times: INTEGER, ignored: INTEGER, first_on: DATE, last_on: DATE, to: LIST<STRING>
MATCH (s:Shown)
RETURN s.a AS a, s.b AS b, s.times AS times, s.ignored AS ignored, s.first_on AS first_on, s.last_on AS last_on,
  s.to AS to
ORDER BY s.pair
