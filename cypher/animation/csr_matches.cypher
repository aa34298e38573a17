// Task i: open offers of business, with PES that look for the same form or need it, the nearest first; none: unmatched.
// An offer is for where it says that it is valid, else for everywhere, and stands in the list of the business's own place.
// params: day: DATE, places: LIST<STRING>, limit: INTEGER
// returns: id: STRING, name: STRING, form: STRING, state: STRING?, business: STRING, business_name: STRING,
//   territory_name: STRING?, until: DATE?, matches: LIST<MAP>
MATCH (c:CsrOffer {side: 'offer'})-[:MADE_BY]->(b:Organisation)
WHERE c.state IN ['OTW', 'ROZ'] AND coalesce(c.since <= $day, true) AND (c.until IS NULL OR c.until >= $day) AND (b.active_to IS NULL OR b.active_to > $day)
OPTIONAL MATCH (b)-[:LOCATED_IN]->(t:Territory)
WITH c, b, t, [(c)-[:VALID_IN]->(v:Territory) | v.code] AS valid
WHERE size($places) = 0 OR any(p IN $places WHERE CASE WHEN size(valid) > 0
        THEN any(v IN valid WHERE v STARTS WITH p OR p STARTS WITH v) ELSE t.code STARTS WITH p END)
OPTIONAL CALL (c, b) {
  MATCH (i:CsrOffer {side: 'interest', form: c.form})-[:MADE_BY]->(o:SocialEconomyEntity|Ngo)
  WHERE i.state IN ['OTW', 'ROZ'] AND coalesce(i.since <= $day, true) AND (i.until IS NULL OR i.until >= $day) AND (o.active_to IS NULL OR o.active_to > $day)
    AND o <> b
  RETURN o
  UNION
  MATCH (o:SocialEconomyEntity|Ngo)-[n:NEEDS]->(:ServiceArea {code: c.form})
  WHERE coalesce(n.since <= $day, true) AND (n.met_on IS NULL OR n.met_on > $day) AND (o.active_to IS NULL OR o.active_to > $day) AND o <> b
  RETURN o
}
OPTIONAL MATCH (o)-[:LOCATED_IN]->(home:Territory)
WITH c, b, t, valid, home, CASE WHEN size(valid) = 0 OR any(v IN valid WHERE home.code STARTS WITH v) THEN o END AS o
WITH c, b, t, o, home,
     CASE WHEN home = t THEN 0 WHEN left(home.code, 4) = left(t.code, 4) THEN 1 ELSE 2 END AS far
ORDER BY far, o.name, o.id
WITH c, b, t, collect(CASE WHEN o IS NOT NULL THEN {id: o.id, name: o.name, territory: home.name, reach: far} END) AS found
RETURN c.id AS id, c.name AS name, c.form AS form, c.state AS state, b.id AS business, b.name AS business_name,
       t.name AS territory_name, c.until AS until, found[0..$limit] AS matches
ORDER BY size(matches), name
