// Notes that everything of an import is written.
// params: id: STRING, organisations: INTEGER, partnerships: INTEGER, memberships: INTEGER
// returns: finished_at: DATETIME
MATCH (i:Import {id: $id})
SET i.status = 'done', i.finished_at = datetime(),
    i.organisations = $organisations, i.partnerships = $partnerships, i.memberships = $memberships
RETURN i.finished_at AS finished_at
