// Links of records to territories; one that is not known yet is made with its code as name.
// params: rows: LIST<MAP>
UNWIND $rows AS row
MATCH (r:Record {id: row.id})
MERGE (t:Territory {code: row.key})
ON CREATE SET t:Record, t.id = row.key_id, t.name = row.key
CREATE (r)-[l:$(row.type)]->(t)
SET l = row.properties
