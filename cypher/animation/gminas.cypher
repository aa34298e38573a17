// The gminas on record.
// params: places: LIST<STRING>
// returns: code: STRING
MATCH (t:Territory {level: 'gmina'})
WHERE size($places) = 0 OR any(p IN $places WHERE t.code STARTS WITH p)
RETURN t.code AS code
