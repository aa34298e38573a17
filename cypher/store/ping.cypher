// Asks the database for nothing, to learn its bookmark.
// returns: ok: INTEGER
RETURN 1 AS ok
