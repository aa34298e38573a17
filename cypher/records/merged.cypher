// Organisations that were merged into another one, with the names and numbers by which a file may still call them.
// returns: id: STRING, kept: STRING, name: STRING, names: LIST<STRING>, registers: LIST<STRING>
MATCH (g:Archived)
WHERE g.merged_into IS NOT NULL
RETURN g.id AS id, g.merged_into AS kept, coalesce(g.name, '') AS name,
       coalesce(g.other_names, []) + [n IN [g.short_name] WHERE n IS NOT NULL] AS names,
       [r IN ['KRS:' + g.krs, 'REGON:' + g.regon, 'NIP:' + g.nip_unique, g.foreign_id] WHERE r IS NOT NULL] AS registers
ORDER BY id
