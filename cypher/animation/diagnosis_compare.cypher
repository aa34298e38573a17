// Form b: the level of each need and potential of a territory or organisation as last diagnosed by each of two days; what was
// diagnosed on one day counts together.
// params: subject: STRING, first: DATE, second: DATE
// returns: area: STRING, area_pl: STRING, area_en: STRING?, what: STRING, before: INTEGER?, after: INTEGER?
CALL () {
  MATCH (d:Diagnosis)-[:ABOUT]->(s) WHERE (s.code = $subject OR s.id = $subject) AND d.made_on <= $first
  RETURN max(d.made_on) AS then
}
CALL () {
  MATCH (d:Diagnosis)-[:ABOUT]->(s) WHERE (s.code = $subject OR s.id = $subject) AND d.made_on <= $second
  RETURN max(d.made_on) AS now
}
MATCH (a:ServiceArea)<-[f:FOUND]-(d:Diagnosis)-[:ABOUT]->(s)
WHERE (s.code = $subject OR s.id = $subject) AND (d.made_on = then OR d.made_on = now)
RETURN a.code AS area, a.name AS area_pl, a.name_en AS area_en, f.what AS what,
       max(CASE WHEN d.made_on = then THEN f.level END) AS before, max(CASE WHEN d.made_on = now THEN f.level END) AS after
ORDER BY what, area
