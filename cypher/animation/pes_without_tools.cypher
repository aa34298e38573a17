// Task e: PES that have no promotion tool ready or in use, and how many are being prepared.
// params: day: DATE, places: LIST<STRING>
// returns: id: STRING, name: STRING, kind: STRING?, territory_name: STRING?, preparing: INTEGER
MATCH (o:SocialEconomyEntity|Ngo)
WHERE (o.active_to IS NULL OR o.active_to > $day)
  AND NOT EXISTS { MATCH (o)<-[:PROMOTES]-(p:PromotionTool) WHERE p.state IN ['GOT', 'UZY'] }
OPTIONAL MATCH (o)-[:LOCATED_IN]->(t:Territory)
WITH o, t
WHERE size($places) = 0 OR any(p IN $places WHERE t.code STARTS WITH p)
RETURN o.id AS id, o.name AS name, o.kind AS kind, t.name AS territory_name,
       COUNT { MATCH (o)<-[:PROMOTES]-(p:PromotionTool) WHERE p.state IN ['POM', 'PRZ'] } AS preparing
ORDER BY preparing, name
