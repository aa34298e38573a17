// Task g: organisations in which nothing happened since a day: no meeting, contact, new partnership, consultation.
// params: day: DATE, since: DATE, places: LIST<STRING>
// returns: id: STRING, name: STRING, sector: STRING, territory_name: STRING?, last_on: DATE?, contacts: INTEGER
MATCH (o:Organisation)
WHERE (o.active_to IS NULL OR o.active_to > $day) AND coalesce(o.active_from <= $day, true)
OPTIONAL MATCH (o)-[:LOCATED_IN]->(t:Territory)
WITH o, t
WHERE size($places) = 0 OR any(p IN $places WHERE t.code STARTS WITH p)
CALL (o) {
  MATCH (o)-[:ATTENDED]->(m:Meeting) WHERE m.held_on <= $day RETURN m.held_on AS at
  UNION ALL
  MATCH (o)<-[:CONTACT_WITH]-(c:Contact) WHERE c.held_on <= $day RETURN c.held_on AS at
  UNION ALL
  MATCH (o)-[m:MEMBER_OF]->(p:Partnership)
  WITH CASE WHEN m.since > p.starts_on THEN m.since ELSE coalesce(p.starts_on, m.since) END AS at
  WHERE at <= $day
  RETURN at
  UNION ALL
  MATCH (o)-[:TOOK_PART_IN]->(k:Consultation) WHERE k.starts_on <= $day RETURN k.starts_on AS at
  UNION ALL
  RETURN null AS at
}
WITH o, t, max(at) AS last_on
WHERE last_on IS NULL OR last_on < $since
RETURN o.id AS id, o.name AS name, o.sector AS sector, t.name AS territory_name, last_on,
       COUNT { (o)<-[:CONTACT_WITH]-(:Contact) } AS contacts
ORDER BY last_on IS NOT NULL, last_on, name
