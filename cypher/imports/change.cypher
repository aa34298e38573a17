// Changes records that were there, and keeps what was there before.
// params: import: STRING, rows: LIST<MAP>
UNWIND $rows AS row
MATCH (r:Record {id: row.id})
SET r += row.after, r:$(row.labels)
REMOVE r:$(row.labels_gone)
MERGE (c:Change {id: row.change})
SET c.record = row.id, c.at = datetime(), c.kind = 'import', c.import = $import,
    c.fields = row.fields, c.before = row.before_json, c.after = row.after_json
MERGE (c)-[:CHANGED]->(r)
