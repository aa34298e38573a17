// The links of an organisation that goes, copied to the one that stays, where that has none to the same other end; of a
// partnership that both are in, the times at which the one that stays was no member.
// single_out, single_in: types of which it has one at most, by where they lead. The originals stay with the one that goes,
// for an undo.
// params: keep: STRING, gone: STRING, single_out: LIST<STRING>, single_in: LIST<STRING>
// returns: copied: INTEGER
MATCH (keep:Record {id: $keep}), (gone:Record {id: $gone})
CALL (keep, gone) {
  MATCH (gone)-[l]->(t)
  WHERE t <> keep
    AND NOT EXISTS { MATCH (keep)-[k]->(t) WHERE type(k) = type(l) }
    AND NOT (type(l) IN $single_out AND EXISTS { MATCH (keep)-[k]->() WHERE type(k) = type(l) })
  CREATE (keep)-[c:$(type(l))]->(t)
  SET c = properties(l), c.merged_from = gone.id
  RETURN count(c) AS outgoing
}
CALL (keep, gone) {
  MATCH (gone)<-[l]-(t)
  WHERE t <> keep
    AND NOT EXISTS { MATCH (keep)<-[k]-(t) WHERE type(k) = type(l) }
    AND NOT (type(l) IN $single_in AND EXISTS { MATCH (keep)<-[k]-() WHERE type(k) = type(l) })
  CREATE (keep)<-[c:$(type(l))]-(t)
  SET c = properties(l), c.merged_from = gone.id
  RETURN count(c) AS incoming
}
CALL (keep, gone) {
  MATCH (gone)-[l:MEMBER_OF]->(p:Partnership)<-[k:MEMBER_OF]-(keep)
  WHERE coalesce(k.merged_from, '') <> gone.id
  WITH keep, gone, p, l, k, coalesce(l.since, p.starts_on, date('0001-01-01')) AS begin, coalesce(l.until, date('9999-12-31')) AS end
  ORDER BY coalesce(k.since, date('0001-01-01'))
  WITH keep, gone, p, l, begin, end, collect({since: coalesce(k.since, date('0001-01-01')), until: coalesce(k.until, date('9999-12-31'))}) AS stays
  UNWIND range(0, size(stays)) AS n // before the first, between each two, after the last
  WITH keep, gone, p, l, begin, end, CASE WHEN n > 0 THEN stays[n - 1].until + duration({days: 1}) END AS after,
       CASE WHEN n < size(stays) THEN stays[n].since - duration({days: 1}) END AS before
  WITH keep, gone, p, l, begin, end, CASE WHEN after > begin THEN after ELSE begin END AS first, CASE WHEN before < end THEN before ELSE end END AS last
  WHERE first <= last
  CREATE (keep)-[c:MEMBER_OF]->(p)
  SET c = properties(l), c.merged_from = gone.id, c.since = CASE WHEN first = begin THEN l.since ELSE first END,
      c.until = CASE WHEN last = end THEN l.until ELSE last END
  RETURN count(c) AS times
}
RETURN outgoing + incoming + times AS copied
