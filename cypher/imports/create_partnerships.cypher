// New partnerships with their members, who are in the database already.
// params: rows: LIST<MAP>
UNWIND $rows AS row
MERGE (p:Record {id: row.properties.id})
SET p = row.properties, p:Partnership
WITH p, row
UNWIND row.members AS member
MATCH (o:Record {id: member.id})
CREATE (o)-[m:MEMBER_OF]->(p)
SET m = member.properties
