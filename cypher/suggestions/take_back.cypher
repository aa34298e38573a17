// Takes back that somebody ignored a suggestion.
// params: a: STRING, b: STRING
// returns: ignored: INTEGER
MATCH (s:Shown {pair: $a + ' ' + $b})
WHERE s.ignored > 0
SET s.ignored = s.ignored - 1
RETURN s.ignored AS ignored
