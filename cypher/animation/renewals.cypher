// Form c, task d: partnerships that end within the days they asked to be reminded in, or have ended without being closed.
// params: day: DATE, places: LIST<STRING>
// returns: id: STRING, name: STRING, phase: STRING?, ends_on: DATE, days: INTEGER, members: INTEGER
MATCH (p:Partnership)
WHERE p.ends_on IS NOT NULL AND NOT coalesce(p.phase, '') IN ['FZ', 'FX']
  AND p.ends_on <= $day + duration({days: coalesce(p.renew_before_days, 60)})
  AND (size($places) = 0 OR EXISTS {
    MATCH (p)-[:ACTS_IN]->(t:Territory) WHERE any(x IN $places WHERE t.code STARTS WITH x) } OR EXISTS {
    MATCH (p)<-[n:MEMBER_OF]-(:Organisation)-[:LOCATED_IN]->(t:Territory)
    WHERE any(x IN $places WHERE t.code STARTS WITH x) AND coalesce(n.since <= $day, true) AND NOT coalesce(n.until <= $day, false) })
RETURN p.id AS id, p.name AS name, p.phase AS phase, p.ends_on AS ends_on,
       duration.inDays($day, p.ends_on).days AS days, COUNT { MATCH (p)<-[m:MEMBER_OF]-(o:Organisation)
               WHERE coalesce(m.since <= $day, true) AND NOT coalesce(m.until <= $day, false) RETURN DISTINCT o } AS members
ORDER BY ends_on, name
