// Form a, tasks b and f: for each powiat and sector, how many organisations there are, how many came to a meeting or debate.
// params: since: DATE, day: DATE, places: LIST<STRING>
// returns: powiat: STRING, powiat_name: STRING, sector: STRING, organisations: INTEGER, met: INTEGER, debated: INTEGER
MATCH (t:Territory {level: 'powiat'})
WHERE size($places) = 0 OR any(p IN $places WHERE t.code STARTS WITH left(p, 4))
MATCH (o:Organisation)-[:LOCATED_IN]->(g:Territory)
WHERE g.code STARTS WITH t.code AND (o.active_to IS NULL OR o.active_to > $day)
  AND coalesce(o.active_from <= $day, true)
WITH t, o,
     EXISTS { MATCH (o)-[:ATTENDED]->(m:Meeting) WHERE m.held_on >= $since AND m.held_on <= $day } AS met,
     EXISTS { MATCH (o)-[:ATTENDED]->(m:Meeting)
              WHERE m.held_on >= $since AND m.held_on <= $day AND (m.form = 'DEB' OR coalesce(m.about_social_economy, false)) } AS debated
RETURN t.code AS powiat, t.name AS powiat_name, o.sector AS sector, count(o) AS organisations,
       count(CASE WHEN met THEN 1 END) AS met, count(CASE WHEN debated THEN 1 END) AS debated
ORDER BY powiat, sector
