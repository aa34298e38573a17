// An organisation's partnerships, latest first, with the other members.
// params: id: STRING
// returns: id: STRING, name: STRING, kind: STRING, starts_on: DATE?, ends_on: DATE?, role: STRING, others: LIST<MAP>
MATCH (o:Record&Organisation {id: $id})-[m:MEMBER_OF]->(p:Partnership)
RETURN p.id AS id, coalesce(p.name, '') AS name, coalesce(p.kind, '') AS kind, p.starts_on AS starts_on,
       p.ends_on AS ends_on, coalesce(m.role, '') AS role,
       COLLECT {
         MATCH (x:Organisation)-[:MEMBER_OF]->(p)
         WHERE x <> o
         WITH DISTINCT x
         RETURN {id: x.id, name: coalesce(x.name, '')} ORDER BY x.name, x.id
       } AS others
ORDER BY starts_on IS NULL, starts_on DESC, name
