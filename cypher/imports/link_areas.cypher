// Links of organisations to areas of needs and offers.
// params: rows: LIST<MAP>
UNWIND $rows AS row
MATCH (r:Record {id: row.id})
MERGE (a:ServiceArea {code: row.key})
ON CREATE SET a:Record, a.id = row.key_id, a.name = row.key
CREATE (r)-[l:$(row.type)]->(a)
SET l = row.properties
