// Services that are delivered, or were; what is only planned is none. capacity: people served.
// returns: organisation: STRING, territory: STRING, area: STRING, capacity: FLOAT?, since: STRING?, until: STRING?
MATCH (d:Record&ServiceDelivery)-[:DELIVERED_BY]->(o:Organisation)
WHERE NOT coalesce(d.planned, false)
MATCH (d)-[:DELIVERS]->(a:ServiceArea)
RETURN o.id AS organisation, coalesce(head([(d)-[:DELIVERED_IN]->(t:Territory) | t.code]), '') AS territory, a.code AS area,
       toFloat(d.capacity) AS capacity, toString(d.since) AS since, toString(d.until) AS until
ORDER BY o.id, d.id
