// Form b: the level of each need and potential of a territory or organisation as last diagnosed by each of two days.
// params: subject: STRING, first: DATE, second: DATE
// returns: area: STRING, area_pl: STRING, area_en: STRING?, what: STRING, before: INTEGER?, after: INTEGER?
CALL () {
  MATCH (d:Diagnosis)-[:ABOUT]->(s)
  WHERE (s.code = $subject OR s.id = $subject) AND d.made_on <= $first
  RETURN d AS old ORDER BY d.made_on DESC LIMIT 1
  UNION ALL
  RETURN null AS old
}
WITH collect(old)[0] AS old
CALL () {
  MATCH (d:Diagnosis)-[:ABOUT]->(s)
  WHERE (s.code = $subject OR s.id = $subject) AND d.made_on <= $second
  RETURN d AS new ORDER BY d.made_on DESC LIMIT 1
  UNION ALL
  RETURN null AS new
}
WITH old, collect(new)[0] AS new
CALL (old, new) {
  MATCH (old)-[f:FOUND]->(a:ServiceArea) RETURN a, f.what AS what, f.level AS before, null AS after
  UNION ALL
  MATCH (new)-[f:FOUND]->(a:ServiceArea) RETURN a, f.what AS what, null AS before, f.level AS after
}
RETURN a.code AS area, a.name AS area_pl, a.name_en AS area_en, what, max(before) AS before, max(after) AS after
ORDER BY what, area
