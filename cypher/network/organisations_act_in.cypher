// Where organisations act besides where they are: the numbers of those in each territory.
// returns: code: STRING, node: LIST<INTEGER>
MATCH (o:Organisation)-[:ACTS_IN]->(t:Territory)
RETURN t.code AS code, collect(id(o)) AS node
ORDER BY code
