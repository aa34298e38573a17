// Where partnerships act: the numbers of those in each territory, and its place among the territories of each.
// returns: code: STRING, node: LIST<INTEGER>, position: LIST<INTEGER>
MATCH (p:Partnership)-[a:ACTS_IN]->(t:Territory)
RETURN t.code AS code, collect(id(p)) AS node, collect(coalesce(a.nth, 0)) AS position
ORDER BY code
