// How many partnerships there are as of a day (null: whatever its date).
// params: on: DATE?, active: BOOLEAN, today: DATE
// returns: count: INTEGER
MATCH (p:Record&Partnership)
WHERE $on IS NULL
   OR (coalesce(p.starts_on <= $on, p.phase <> 'F0', true) AND NOT ($active AND coalesce(p.ends_on <= $on, p.phase = 'FZ' AND $on >= $today, false)))
RETURN count(p) AS count
