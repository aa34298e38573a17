// The members of partnerships whose list in the file has changed.
// params: rows: LIST<MAP>
UNWIND $rows AS row
MATCH (p:Partnership {id: row.id})
CALL (p) {
  MATCH ()-[old:MEMBER_OF]->(p)
  DELETE old
}
WITH p, row
UNWIND row.members AS member
MATCH (o:Record {id: member.id})
CREATE (o)-[m:MEMBER_OF]->(p)
SET m = member.properties
