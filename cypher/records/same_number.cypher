// Other organisations that have a number of a register which a row has.
// params: rows: LIST<MAP>
// returns: id: STRING, field: STRING, other: STRING, name: STRING
UNWIND $rows AS row
CALL (row) {
  MATCH (o:Organisation {krs: row.krs}) RETURN 'krs' AS field, o
  UNION
  MATCH (o:Organisation {regon: row.regon}) RETURN 'regon' AS field, o
  UNION
  MATCH (o:Organisation {nip_unique: row.nip_unique}) RETURN 'nip' AS field, o
}
WITH row, field, o
WHERE o.id <> row.id
RETURN row.id AS id, field, o.id AS other, o.name AS name
