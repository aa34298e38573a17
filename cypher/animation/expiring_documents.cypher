// Form f: strategic documents whose validity ends by a day, and whether social economy is in them.
// params: day: DATE, until: DATE, places: LIST<STRING>
// returns: id: STRING, name: STRING, kind: STRING, territory: STRING?, territory_name: STRING?, valid_to: DATE,
//   social_economy: BOOLEAN
MATCH (d:StrategyDocument)
WHERE d.valid_to >= $day AND d.valid_to <= $until
OPTIONAL MATCH (d)-[:PLANS_FOR]->(t:Territory)
WITH d, t
WHERE size($places) = 0 OR any(p IN $places WHERE t.code STARTS WITH p)
RETURN d.id AS id, d.name AS name, d.kind AS kind, t.code AS territory, t.name AS territory_name,
       d.valid_to AS valid_to, coalesce(d.social_economy, false) AS social_economy
ORDER BY valid_to, name
