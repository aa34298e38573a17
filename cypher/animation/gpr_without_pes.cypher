// Task h: gminas with a valid revitalisation programme in which no PES has a part.
// params: day: DATE, places: LIST<STRING>
// returns: territory: STRING, territory_name: STRING, document: STRING, document_name: STRING, valid_to: DATE?, pes: INTEGER
MATCH (d:StrategyDocument {kind: 'GPR'})-[:PLANS_FOR]->(t:Territory)
WHERE (d.valid_from IS NULL OR d.valid_from <= $day) AND (d.valid_to IS NULL OR d.valid_to >= $day) AND (size($places) = 0 OR any(p IN $places WHERE t.code STARTS WITH p))
  AND NOT EXISTS {
    MATCH (o:SocialEconomyEntity|Ngo)<-[:PLAYED_BY]-(r:RevitalisationRole)
    WHERE (EXISTS { (r)-[:UNDER]->(d) } OR EXISTS { MATCH (r)-[:PLAYED_IN]->(x:Territory) WHERE x.code STARTS WITH t.code })
      AND coalesce(r.since <= $day, true) AND (r.until IS NULL OR r.until >= $day) AND (o.active_to IS NULL OR o.active_to > $day) }
RETURN t.code AS territory, t.name AS territory_name, d.id AS document, d.name AS document_name, d.valid_to AS valid_to,
       COUNT { MATCH (o:SocialEconomyEntity|Ngo)-[:LOCATED_IN]->(x:Territory) WHERE x.code STARTS WITH t.code AND (o.active_to IS NULL OR o.active_to > $day) } AS pes
ORDER BY valid_to, territory_name
