// Task i: open offers of business that no PES looks for or needs.
// params: day: DATE, places: LIST<STRING>
// returns: id: STRING, name: STRING, form: STRING, business: STRING, business_name: STRING, territory_name: STRING?
MATCH (c:CsrOffer {side: 'offer'})-[:MADE_BY]->(b:Organisation)
WHERE c.state IN ['OTW', 'ROZ'] AND (c.until IS NULL OR c.until >= $day) AND (b.active_to IS NULL OR b.active_to > $day)
  AND NOT EXISTS {
    MATCH (i:CsrOffer {side: 'interest', form: c.form})-[:MADE_BY]->(o:SocialEconomyEntity|Ngo)
    WHERE i.state IN ['OTW', 'ROZ'] AND (i.until IS NULL OR i.until >= $day) AND (o.active_to IS NULL OR o.active_to > $day) AND o <> b }
  AND NOT EXISTS {
    MATCH (o:SocialEconomyEntity|Ngo)-[n:NEEDS]->(:ServiceArea {code: c.form})
    WHERE (n.met_on IS NULL OR n.met_on > $day) AND (o.active_to IS NULL OR o.active_to > $day) AND o <> b }
OPTIONAL MATCH (b)-[:LOCATED_IN]->(t:Territory)
WITH c, b, t
WHERE size($places) = 0 OR any(p IN $places WHERE t.code STARTS WITH p)
RETURN c.id AS id, c.name AS name, c.form AS form, b.id AS business, b.name AS business_name, t.name AS territory_name
ORDER BY name
