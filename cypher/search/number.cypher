// The organisation with a number of a register.
// params: number: STRING
// returns: id: STRING, label: STRING, name: STRING, hint: STRING, score: FLOAT
CALL () {
  MATCH (o:Organisation {krs: $number}) RETURN o
  UNION
  MATCH (o:Organisation {regon: $number}) RETURN o
  UNION
  MATCH (o:Organisation {nip: $number}) RETURN o
  UNION
  MATCH (o:Organisation {foreign_id: $number}) RETURN o
  UNION
  MATCH (o:Record&Organisation {id: $number}) RETURN o
}
RETURN DISTINCT o.id AS id, 'Organisation' AS label, coalesce(o.name, '') AS name,
       coalesce(head([(o)-[:LOCATED_IN]->(t:Territory) | t.name]), '') AS hint, 1.0 AS score
ORDER BY name, id
