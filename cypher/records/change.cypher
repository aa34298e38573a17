// One entry of the history.
// params: id: STRING
// returns: change: MAP
MATCH (c:Change {id: $id})
RETURN properties(c) AS change
