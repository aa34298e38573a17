// Form d: consultations with who took part and what became of what was said, the newest first.
// params: places: LIST<STRING>, since: DATE
// returns: id: STRING, name: STRING, territory_name: STRING?, starts_on: DATE, ends_on: DATE?, stage: STRING?,
//   participants: INTEGER, groups: INTEGER, comments: INTEGER, accepted: INTEGER, pending: INTEGER
MATCH (k:Consultation)
WHERE k.starts_on >= $since
OPTIONAL MATCH (k)-[:HELD_IN]->(t:Territory)
WITH k, t
WHERE size($places) = 0 OR any(p IN $places WHERE t.code STARTS WITH p)
RETURN k.id AS id, k.name AS name, t.name AS territory_name, k.starts_on AS starts_on, k.ends_on AS ends_on,
       k.stage AS stage, COUNT { MATCH (k)<-[:TOOK_PART_IN]-(o:Organisation) RETURN DISTINCT o } AS participants,
       COUNT { (k)<-[:TOOK_PART_IN]-(:InitiativeGroup) } AS groups,
       COUNT { (k)<-[:SAID_IN]-(:Comment) } AS comments,
       COUNT { MATCH (k)<-[:SAID_IN]-(c:Comment) WHERE c.outcome IN ['UWZ', 'CZE'] } AS accepted,
       COUNT { MATCH (k)<-[:SAID_IN]-(c:Comment) WHERE c.outcome = 'OCZ' } AS pending
ORDER BY starts_on DESC, id
