// Organisations with all their names and numbers, for finding them again in a file; renamed: how they were before changes
// of the name (JSON of the record).
// params: after: STRING, limit: INTEGER
// returns: id: STRING, name: STRING, other_names: LIST<STRING>, renamed: LIST<STRING>, registers: LIST<STRING>
MATCH (o:Record&Organisation)
WHERE o.id > $after
RETURN o.id AS id, coalesce(o.name, '') AS name,
       coalesce(o.other_names, []) + [n IN [o.short_name] WHERE n IS NOT NULL] AS other_names,
       COLLECT {
         MATCH (c:Change {record: o.id})
         WHERE c.action = 'save' AND NOT c.before CONTAINS '"name":"' + o.name + '"'
         RETURN c.before
       } AS renamed,
       [r IN ['KRS:' + o.krs, 'REGON:' + o.regon, 'NIP:' + o.nip_unique, o.foreign_id] WHERE r IS NOT NULL] AS registers
ORDER BY o.id LIMIT $limit
