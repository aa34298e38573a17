// Relationships of records to territories, areas and statuses by code and to others by id; gives the rows whose end exists.
// A row with ``deleted`` may lead to a record that was deleted.
// params: rows: LIST<MAP>
// returns: numbers: LIST<INTEGER>
UNWIND $rows AS row
MATCH (r:Record {id: row.id})
CALL (row) {
  WITH row WHERE row.target = 'Territory'
  MATCH (t:Territory {code: row.key})
  RETURN t
  UNION
  WITH row WHERE row.target = 'ServiceArea'
  MATCH (t:ServiceArea {code: row.key})
  RETURN t
  UNION
  WITH row WHERE row.target = 'Status'
  MERGE (t:Status {code: row.key})
  RETURN t
  UNION
  WITH row WHERE NOT row.target IN ['Territory', 'ServiceArea', 'Status']
  MATCH (t:Record {id: row.key})
  WHERE row.target IN labels(t) OR (row.deleted AND t.archived_label = row.target)
  RETURN t
}
FOREACH (_ IN CASE WHEN row.direction = 'out' THEN [1] ELSE [] END |
  CREATE (r)-[l:$(row.type)]->(t) SET l = row.properties)
FOREACH (_ IN CASE WHEN row.direction = 'in' THEN [1] ELSE [] END |
  CREATE (r)<-[l:$(row.type)]-(t) SET l = row.properties)
RETURN collect(row.number) AS numbers
