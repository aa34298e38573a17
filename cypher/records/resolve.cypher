// The records that texts may mean: by id, code, number of a register, or the whole name in any case.
// params: texts: LIST<STRING>, label: STRING
// returns: text: STRING, key: STRING
UNWIND $texts AS text
CALL (text) {
  MATCH (r:Record {id: text}) RETURN r
  UNION
  MATCH (r:Territory {code: text}) RETURN r
  UNION
  MATCH (r:ServiceArea {code: text}) RETURN r
  UNION
  MATCH (r:Organisation {krs: text}) RETURN r
  UNION
  MATCH (r:Organisation {regon: text}) RETURN r
  UNION
  MATCH (r:Organisation {nip: text}) RETURN r
}
WITH text, r
WHERE $label IN labels(r)
RETURN DISTINCT text, CASE WHEN $label IN ['Territory', 'ServiceArea'] THEN r.code ELSE r.id END AS key
