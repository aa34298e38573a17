// The records of one type that have a name, whole and in any case; AnyRecord stands for the label, set by the store.
// params: name: STRING
// returns: key: STRING, hint: STRING?
MATCH (r:AnyRecord)
WHERE toLower(r.name) = toLower($name) OR toLower(r.short_name) = toLower($name)
OPTIONAL MATCH (r)-[:LOCATED_IN]->(t:Territory)
RETURN CASE WHEN r:Territory OR r:ServiceArea THEN r.code ELSE r.id END AS key, coalesce(t.name, r.name) AS hint
ORDER BY key
