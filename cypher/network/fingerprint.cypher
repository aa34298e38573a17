// What tells two states of a database apart beside its own count of writes, which a restored backup counts anew.
// returns: written: INTEGER, mark: STRING, change: STRING, organisations: INTEGER, partnerships: INTEGER, memberships: INTEGER
OPTIONAL MATCH (c:Change)
WHERE c.at IS NOT NULL
WITH c ORDER BY c.at DESC LIMIT 1
OPTIONAL MATCH (n:WrittenCounter {id: 'written'})
OPTIONAL MATCH (w:Written {number: n.count})
RETURN coalesce(n.count, 0) AS written, coalesce(w.id, '') AS mark, coalesce(c.id, '') AS change,
       COUNT { (:Organisation) } AS organisations, COUNT { (:Partnership) } AS partnerships,
       COUNT { ()-[:MEMBER_OF]->() } AS memberships
