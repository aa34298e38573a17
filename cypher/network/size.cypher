// How much there is to read, from the database's own counters.
// returns: organisations: INTEGER, partnerships: INTEGER, memberships: INTEGER
RETURN COUNT { (:Organisation) } AS organisations, COUNT { (:Partnership) } AS partnerships,
       COUNT { ()-[:MEMBER_OF]->() } AS memberships
