// Which organisations nothing leads to or comes from, but territories, areas of services and what was put away.
// params: ids: LIST<STRING>
// returns: id: STRING
UNWIND $ids AS id
MATCH (o:Organisation {id: id})
WHERE NOT EXISTS {
  MATCH (o)--(other:Record)
  WHERE NOT other:Archived AND NOT other:Territory AND NOT other:ServiceArea
}
RETURN id
