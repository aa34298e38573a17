// Form b: for each gmina, with the areas in it, what there is, so that one sees where there is nothing yet.
// params: day: DATE, today: DATE, since: DATE, places: LIST<STRING>
// returns: territory: STRING, territory_name: STRING, population: INTEGER?, diagnosed_on: DATE?, pes: INTEGER,
//   partnerships: INTEGER, meetings: INTEGER, needs: INTEGER
MATCH (t:Territory {level: 'gmina'})
WHERE (size($places) = 0 OR any(p IN $places WHERE t.code STARTS WITH p))
OPTIONAL MATCH (d:Diagnosis)-[:ABOUT]->(t)
WHERE d.made_on <= $day
WITH t, max(d.made_on) AS diagnosed_on
RETURN t.code AS territory, t.name AS territory_name, t.population AS population,
  diagnosed_on,
  COUNT { MATCH (o:SocialEconomyEntity|Ngo)-[:LOCATED_IN]->(x:Territory)
          WHERE x.code STARTS WITH t.code AND (o.active_from IS NULL OR o.active_from <= $day) AND (o.active_to IS NULL OR o.active_to > $day) } AS pes,
  COUNT { MATCH (x:Territory)<-[:LOCATED_IN]-(:Organisation)-[m:MEMBER_OF]->(p:Partnership)
          WHERE x.code STARTS WITH t.code AND coalesce(m.since <= $day, true) AND NOT coalesce(m.until <= $day, false)
            AND coalesce(p.starts_on <= $day, p.phase <> 'F0', true)
            AND NOT coalesce(p.ends_on <= $day, p.phase = 'FZ' AND $day >= $today, false)
          RETURN DISTINCT p } AS partnerships,
  COUNT { MATCH (m:Meeting)-[:HELD_IN]->(x:Territory) WHERE x.code STARTS WITH t.code AND m.held_on >= $since AND m.held_on <= $day } AS meetings,
  COUNT { MATCH (t)-[n:NEEDS]->()
          WHERE (n.met_on IS NULL OR n.met_on > $day) AND coalesce(n.since <= $day, true) } AS needs
ORDER BY partnerships + pes + meetings, territory_name
