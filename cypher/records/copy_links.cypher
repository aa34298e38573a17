// The links of an organisation that goes, copied to the one that stays, where that has none to the same other end.
// single: types of which a record has one at most. The originals stay with the one that goes, for an undo.
// params: keep: STRING, gone: STRING, single: LIST<STRING>
// returns: copied: INTEGER
MATCH (keep:Record {id: $keep}), (gone:Record {id: $gone})
CALL (keep, gone) {
  MATCH (gone)-[l]->(t)
  WHERE t <> keep
    AND NOT EXISTS { MATCH (keep)-[k]->(t) WHERE type(k) = type(l) }
    AND NOT (type(l) IN $single AND EXISTS { MATCH (keep)-[k]->() WHERE type(k) = type(l) })
  CREATE (keep)-[c:$(type(l))]->(t)
  SET c = properties(l), c.merged_from = gone.id
  RETURN count(c) AS outgoing
}
CALL (keep, gone) {
  MATCH (gone)<-[l]-(t)
  WHERE t <> keep
    AND NOT EXISTS { MATCH (keep)<-[k]-(t) WHERE type(k) = type(l) }
    AND NOT (type(l) IN $single AND EXISTS { MATCH (keep)<-[k]-() WHERE type(k) = type(l) })
  CREATE (keep)<-[c:$(type(l))]-(t)
  SET c = properties(l), c.merged_from = gone.id
  RETURN count(c) AS incoming
}
RETURN outgoing + incoming AS copied
