// The memberships of a piece of all partnerships: pair is the partnership's number * 2^32 + the organisation's;
// other roles than PAR and dates, which are rare, come beside, with their place in the list.
// params: after: STRING, limit: INTEGER
// returns: pair: LIST<INTEGER>, roles: LIST<LIST<ANY>>, since: LIST<LIST<ANY>>, until: LIST<LIST<ANY>>, last: STRING?
MATCH (p:Record&Partnership)
WHERE p.id > $after
WITH p ORDER BY p.id LIMIT $limit
WITH collect(p) AS ps, max(p.id) AS last
CALL (ps) {
  UNWIND ps AS p
  MATCH (o:Organisation)-[m:MEMBER_OF]->(p)
  RETURN collect(id(p) * 4294967296 + id(o)) AS pair, collect(m) AS ms
}
RETURN pair,
       [i IN range(0, size(ms) - 1) WHERE ms[i].role <> 'PAR' | [i, ms[i].role]] AS roles,
       [i IN range(0, size(ms) - 1) WHERE ms[i].since IS NOT NULL | [i, toString(ms[i].since)]] AS since,
       [i IN range(0, size(ms) - 1) WHERE ms[i].until IS NOT NULL | [i, toString(ms[i].until)]] AS until,
       last
