// The entries of the history that one step wrote: they have the moment and the person of one of them.
// params: id: STRING
// returns: change: MAP
MATCH (one:Change {id: $id})
MATCH (c:Change {at: one.at, by: one.by, label: one.label})
RETURN properties(c) AS change
