// Names of organisations, to tell people of them.
// params: ids: LIST<STRING>
// returns: id: STRING, name: STRING
UNWIND $ids AS id
MATCH (o:Organisation {id: id})
RETURN o.id AS id, o.name AS name
