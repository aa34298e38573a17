// What is in the database already of the records that a batch is about: a partnership's members, other links.
// params: ids: LIST<STRING>
// returns: id: STRING, properties: MAP, members: LIST<MAP>, links: LIST<LIST<STRING>>
UNWIND $ids AS id
MATCH (r:Record {id: id})
RETURN r.id AS id, properties(r) AS properties,
       CASE WHEN r:Partnership
         THEN [(o:Organisation)-[m:MEMBER_OF]->(r) | {id: o.id, properties: properties(m)}]
         ELSE [] END AS members,
       [(r)-[l:LOCATED_IN|ACTS_IN|PART_OF|BORDERS|COVERS|NEEDS|OFFERS|HAS_STATUS]->(t) | [type(l), coalesce(t.code, '')]]
       + [(r)<-[:FOUNDED]-(f) | ['FOUNDED', f.id]] AS links
