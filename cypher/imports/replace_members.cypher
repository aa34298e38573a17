// The members of partnerships whose list in the file has changed. What was put together with another organisation keeps its
// links, and who is a member by that alone the mark of it, for an undo.
// params: rows: LIST<MAP>
UNWIND $rows AS row
MATCH (p:Partnership {id: row.id})
WITH p, row, [(o:Record)-[m:MEMBER_OF]->(p) | {id: o.id, mark: m.merged_from}] AS had
CALL (p) {
  MATCH (o:Record)-[old:MEMBER_OF]->(p)
  WHERE o.merged_into IS NULL
  DELETE old
}
WITH p, row, had
UNWIND row.members AS member
MATCH (o:Record {id: member.id})
WITH p, member, o, [h IN had WHERE h.id = member.id | h.mark] AS marks
CREATE (o)-[m:MEMBER_OF]->(p)
SET m = member.properties, m.merged_from = CASE WHEN all(mark IN marks WHERE mark IS NOT NULL) THEN head(marks) END
