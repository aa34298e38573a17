// Organisations by a number of a register in one of its spellings, or by their id.
// params: numbers: LIST<STRING>
// returns: id: STRING, label: STRING, name: STRING, hint: STRING?
UNWIND $numbers AS number
CALL (number) {
  MATCH (o:Organisation {krs: number}) RETURN o
  UNION
  MATCH (o:Organisation {regon: number}) RETURN o
  UNION
  MATCH (o:Organisation {nip: number}) RETURN o
  UNION
  MATCH (o:Organisation {foreign_id: number}) RETURN o
  UNION
  MATCH (o:Record&Organisation {id: number}) RETURN o
}
RETURN DISTINCT o.id AS id, 'Organisation' AS label, coalesce(o.name, '') AS name,
       head([(o)-[:LOCATED_IN]->(t:Territory) | t.name]) AS hint
ORDER BY name, id
