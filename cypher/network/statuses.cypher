// Statuses that last today: the numbers of the organisations that have each, and its place among the statuses of each.
// returns: code: STRING, node: LIST<INTEGER>, position: LIST<INTEGER>
MATCH (o:Organisation)-[s:HAS_STATUS]->(c:Status)
WHERE s.until IS NULL OR s.until > date()
RETURN c.code AS code, collect(id(o)) AS node, collect(coalesce(s.nth, 0)) AS position
ORDER BY code
