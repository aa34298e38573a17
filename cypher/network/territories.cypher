// All territories with the one above.
// returns: code: STRING, name: STRING, level: STRING, parent: STRING, lat: FLOAT?, lon: FLOAT?, population: INTEGER?
MATCH (t:Record&Territory)
RETURN t.code AS code, coalesce(t.name, '') AS name, coalesce(t.level, '') AS level,
       coalesce(head([(t)-[:PART_OF]->(up:Territory) | up.code]), '') AS parent,
       t.lat AS lat, t.lon AS lon, t.population AS population
ORDER BY t.code
