// The links of an organisation that goes, copied to the one that stays, where that has none to the same other end; of a
// partnership that both are in, the time before and after the one that stays was a member.
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
CALL (keep, gone) {
  MATCH (gone)-[l:MEMBER_OF]->(p:Partnership)<-[k:MEMBER_OF]-(keep)
  WHERE coalesce(k.merged_from, '') <> gone.id
  WITH keep, gone, p, l, collect(k) AS stays
  WITH keep, gone, p, l,
       CASE WHEN all(k IN stays WHERE k.since IS NOT NULL)
            THEN reduce(f = stays[0].since, k IN stays | CASE WHEN k.since < f THEN k.since ELSE f END) END AS first,
       CASE WHEN all(k IN stays WHERE k.until IS NOT NULL)
            THEN reduce(f = stays[0].until, k IN stays | CASE WHEN k.until > f THEN k.until ELSE f END) END AS last
  WITH keep, gone, p, l,
       CASE WHEN first > coalesce(l.since, p.starts_on, date('0001-01-01'))
            THEN [{since: l.since, until: CASE WHEN l.until < first THEN l.until ELSE first - duration({days: 1}) END}]
            ELSE [] END +
       CASE WHEN last < coalesce(l.until, date('9999-12-31'))
            THEN [{since: CASE WHEN l.since > last THEN l.since ELSE last + duration({days: 1}) END, until: l.until}]
            ELSE [] END AS times
  UNWIND times AS time
  CREATE (keep)-[c:MEMBER_OF]->(p)
  SET c = properties(l), c.merged_from = gone.id, c.since = time.since, c.until = time.until
  RETURN count(c) AS times
}
RETURN outgoing + incoming + times AS copied
