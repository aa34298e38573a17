// The indicators K01 to K15 (scheme kpi) of a time from since to day; those that are shares are 0 to 1, null where nothing counts.
// A partnership lasts as in the network: from its first day to before its last, an idea (F0) without a day not yet, a closed one (FZ) not today.
// broad: sector of an organisation → SPO, PUB, PRY or NIEF; gminas: codes of all that count, on record or not.
// params: since: DATE, day: DATE, today: DATE, places: LIST<STRING>, gminas: LIST<STRING>, broad: MAP
// returns: code: STRING, value: FLOAT?
MATCH (o:Initiative) WHERE o.starts_on >= $since AND o.starts_on <= $day AND (size($places) = 0 OR EXISTS { MATCH (o)-[:LOCATED_IN]->(t:Territory) WHERE any(x IN $places WHERE t.code STARTS WITH x) })
RETURN 'K01' AS code, toFloat(count(o)) AS value
UNION ALL
MATCH (o:Initiative)-[:GREW_INTO]->(:Organisation) WHERE o.registered_on >= $since AND o.registered_on <= $day AND (size($places) = 0 OR EXISTS { MATCH (o)-[:LOCATED_IN]->(t:Territory) WHERE any(x IN $places WHERE t.code STARTS WITH x) })
RETURN 'K02' AS code, toFloat(count(DISTINCT o)) AS value
UNION ALL
MATCH (o:Organisation)-[s:HAS_STATUS]->(:Status {code: 'PS'})
WHERE s.since >= $since AND s.since <= $day AND (size($places) = 0 OR EXISTS { MATCH (o)-[:LOCATED_IN]->(t:Territory) WHERE any(x IN $places WHERE t.code STARTS WITH x) })
WITH DISTINCT o
RETURN 'K03' AS code, toFloat(coalesce(sum(o.jobs), 0)) AS value
UNION ALL
MATCH (o:Initiative)-[:JOINED]->(p:Partnership) WHERE p.starts_on >= $since AND p.starts_on <= $day AND (size($places) = 0 OR EXISTS { MATCH (o)-[:LOCATED_IN]->(t:Territory) WHERE any(x IN $places WHERE t.code STARTS WITH x) })
RETURN 'K04' AS code, toFloat(count(DISTINCT o)) AS value
UNION ALL
MATCH (o:Organisation)-[s:HAS_STATUS]->(:Status {code: 'PS'})
WHERE s.since <= $day AND (s.until IS NULL OR s.until > $day) AND (o.active_from IS NULL OR o.active_from <= $day) AND (o.active_to IS NULL OR o.active_to > $day) AND (size($places) = 0 OR EXISTS { MATCH (o)-[:LOCATED_IN]->(t:Territory) WHERE any(x IN $places WHERE t.code STARTS WITH x) })
RETURN 'K05' AS code, toFloat(count(DISTINCT o)) AS value
UNION ALL
MATCH (o:SupportCentre)-[m:MEMBER_OF]->(p:Partnership)<-[n:MEMBER_OF]-(l:Organisation)
WHERE (l.kind = 'LGD' OR EXISTS { MATCH (l)-[s:HAS_STATUS]->(:Status {code: 'LGD'}) WHERE coalesce(s.since <= $day, true) AND NOT coalesce(s.until <= $day, false) }) AND coalesce(p.starts_on <= $day, p.phase <> 'F0', true) AND NOT coalesce(p.ends_on <= $day, p.phase = 'FZ' AND $day >= $today, false)
  AND coalesce(m.since <= $day, true) AND NOT coalesce(m.until <= $day, false) AND coalesce(n.since <= $day, true) AND NOT coalesce(n.until <= $day, false)
RETURN 'K06' AS code, toFloat(count(DISTINCT o)) AS value
UNION ALL
MATCH (d:ServiceDelivery)-[:ORDERED_BY]->(o:Organisation)
WHERE d.since >= $since AND d.since <= $day AND NOT coalesce(d.planned, false) AND (size($places) = 0 OR EXISTS { MATCH (o)-[:LOCATED_IN]->(t:Territory) WHERE any(x IN $places WHERE t.code STARTS WITH x) })
WITH sum(d.value) AS whole, sum(CASE WHEN d.instrument IN ['ZAS', 'KLZ', 'KRS', 'PRE', 'USL'] THEN d.value ELSE 0 END) AS part
RETURN 'K07' AS code, CASE WHEN whole > 0 THEN toFloat(part) / whole END AS value
UNION ALL
MATCH (o:Organisation) WHERE o.budget > 0 AND (size($places) = 0 OR EXISTS { MATCH (o)-[:LOCATED_IN]->(t:Territory) WHERE any(x IN $places WHERE t.code STARTS WITH x) })
WITH sum(o.budget) AS whole, sum(reduce(v = 0.0, d IN COLLECT {
  MATCH (d:ServiceDelivery)-[:ORDERED_BY]->(o) WHERE d.since >= $since AND d.since <= $day AND NOT coalesce(d.planned, false) RETURN d.value } | v + coalesce(d, 0))) AS part
RETURN 'K08' AS code, CASE WHEN whole > 0 THEN part / whole END AS value
UNION ALL
MATCH (p:Partnership)
WHERE coalesce(p.starts_on <= $day, p.phase <> 'F0', true) AND NOT coalesce(p.ends_on <= $day, p.phase = 'FZ' AND $day >= $today, false)
  AND EXISTS { MATCH (p)<-[m:MEMBER_OF]-(:SocialEconomyEntity|Ngo) WHERE coalesce(m.since <= $day, true) AND NOT coalesce(m.until <= $day, false) }
  AND (size($places) = 0 OR EXISTS {
    MATCH (p)<-[n:MEMBER_OF]-(:Organisation)-[:LOCATED_IN]->(t:Territory)
    WHERE any(x IN $places WHERE t.code STARTS WITH x) AND coalesce(n.since <= $day, true) AND NOT coalesce(n.until <= $day, false) })
RETURN 'K09' AS code, toFloat(count(p)) AS value
UNION ALL
MATCH (m:Meeting) WHERE m.held_on >= $since AND m.held_on <= $day
  AND (size($places) = 0 OR EXISTS { MATCH (m)-[:HELD_IN]->(t:Territory) WHERE any(x IN $places WHERE t.code STARTS WITH x) })
RETURN 'K10' AS code, toFloat(count(m)) AS value
UNION ALL
OPTIONAL MATCH (t:Territory) WHERE t.code IN $gminas AND EXISTS {
  MATCH (x:Territory)<-[:LOCATED_IN]-(:Organisation)-[m:MEMBER_OF]->(p:Partnership) WHERE x.code STARTS WITH t.code AND coalesce(p.starts_on <= $day, p.phase <> 'F0', true) AND NOT coalesce(p.ends_on <= $day, p.phase = 'FZ' AND $day >= $today, false)
    AND coalesce(m.since <= $day, true) AND NOT coalesce(m.until <= $day, false) }
WITH size($gminas) AS whole, count(t) AS part
RETURN 'K11' AS code, CASE WHEN whole > 0 THEN toFloat(part) / whole END AS value
UNION ALL
MATCH (p:Partnership)<-[m:MEMBER_OF]-(o:Organisation)
WHERE coalesce(p.starts_on <= $day, p.phase <> 'F0', true) AND NOT coalesce(p.ends_on <= $day, p.phase = 'FZ' AND $day >= $today, false)
  AND coalesce(m.since <= $day, true) AND NOT coalesce(m.until <= $day, false) AND (size($places) = 0 OR EXISTS {
    MATCH (p)<-[n:MEMBER_OF]-(:Organisation)-[:LOCATED_IN]->(t:Territory)
    WHERE any(x IN $places WHERE t.code STARTS WITH x) AND coalesce(n.since <= $day, true) AND NOT coalesce(n.until <= $day, false) })
WITH p, count(DISTINCT $broad[o.sector]) AS sectors
RETURN 'K12' AS code, toFloat(count(CASE WHEN sectors >= 2 THEN 1 END)) AS value
UNION ALL
MATCH (o:SocialEconomyEntity|Ngo)
WHERE (o.active_from IS NULL OR o.active_from <= $day) AND (o.active_to IS NULL OR o.active_to > $day) AND (size($places) = 0 OR EXISTS { MATCH (o)-[:LOCATED_IN]->(t:Territory) WHERE any(x IN $places WHERE t.code STARTS WITH x) }) AND NOT EXISTS {
    MATCH (o)-[m:MEMBER_OF]->(p:Partnership) WHERE coalesce(p.starts_on <= $day, p.phase <> 'F0', true) AND NOT coalesce(p.ends_on <= $day, p.phase = 'FZ' AND $day >= $today, false)
      AND coalesce(m.since <= $day, true) AND NOT coalesce(m.until <= $day, false) }
RETURN 'K13' AS code, toFloat(count(o)) AS value
UNION ALL
MATCH (u:Outreach) WHERE u.decided_on >= $since AND u.decided_on <= $day AND NOT EXISTS { // something else was decided about the two since
  MATCH (u)-[:BETWEEN]->(a)<-[:BETWEEN]-(n:Outreach)-[:BETWEEN]->(b)<-[:BETWEEN]-(u)
  WHERE n <> u AND a.id < b.id AND a.merged_into IS NULL AND b.merged_into IS NULL AND n.decided_on <= $day AND (n.decided_on > u.decided_on OR n.decided_on = u.decided_on AND EXISTS {
    MATCH (c:Change {record: n.id}) WHERE NOT EXISTS { MATCH (d:Change {record: u.id}) WHERE d.at >= c.at } }) }
WITH count(u) AS whole, count(CASE WHEN u.status = 'PRZ' THEN 1 END) AS part
RETURN 'K14' AS code, CASE WHEN whole > 0 THEN toFloat(part) / whole END AS value
UNION ALL
MATCH (d:StrategyDocument)
WHERE d.social_economy AND (d.valid_from IS NULL OR d.valid_from <= $day) AND (d.valid_to IS NULL OR d.valid_to >= $day)
  AND (size($places) = 0 OR EXISTS { MATCH (d)-[:PLANS_FOR]->(t:Territory) WHERE any(x IN $places WHERE t.code STARTS WITH x) })
RETURN 'K15' AS code, toFloat(count(d)) AS value
