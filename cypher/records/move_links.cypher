// Links between one record and some others, moved to another record.
// params: source: STRING, target: STRING, others: LIST<STRING>
// returns: moved: INTEGER
MATCH (a:Record {id: $source}), (b:Record {id: $target})
CALL (a, b) {
  UNWIND $others AS other
  MATCH (a)-[l]->(t:Record {id: other})
  CREATE (b)-[c:$(type(l))]->(t)
  SET c = properties(l)
  DELETE l
  RETURN count(c) AS outgoing
}
CALL (a, b) {
  UNWIND $others AS other
  MATCH (a)<-[l]-(t:Record {id: other})
  CREATE (b)<-[c:$(type(l))]-(t)
  SET c = properties(l)
  DELETE l
  RETURN count(c) AS incoming
}
RETURN outgoing + incoming AS moved
