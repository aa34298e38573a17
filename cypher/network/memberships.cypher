// One of several parts of all memberships, in pieces: pair is the partnership's number * 2^32 + the organisation's.
// params: part: INTEGER, parts: INTEGER, size: INTEGER
// returns: pair: LIST<INTEGER>
MATCH (o)-[m:MEMBER_OF]->(p)
WHERE id(m) % $parts = $part
WITH id(m) / $size AS piece, collect(id(p) * 4294967296 + id(o)) AS pair
RETURN pair
