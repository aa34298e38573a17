// The newest value of a setting, and who set it when.
// params: name: STRING
// returns: value: STRING, at: DATETIME, by: STRING
MATCH (s:Setting {name: $name})
RETURN s.value AS value, s.at AS at, s.by AS by
ORDER BY at DESC
LIMIT 1
