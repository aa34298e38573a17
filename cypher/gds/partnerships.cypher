// How many partnerships there are as of a day (null: whatever its date).
// params: on: DATE?, active: BOOLEAN
// returns: count: INTEGER
MATCH (p:Record&Partnership)
WHERE $on IS NULL
   OR (coalesce(p.starts_on <= $on, true) AND NOT ($active AND coalesce(p.ends_on <= $on, false)))
RETURN count(p) AS count
