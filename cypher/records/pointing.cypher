// The records that are linked with one but are not fields of its own: what points at it, each once.
// params: id: STRING, incoming: LIST<STRING>, outgoing: LIST<STRING>
// returns: id: STRING, label: STRING, name: STRING?, since: DATE?
MATCH (r:Record {id: $id})
CALL (r) {
  MATCH (r)<-[l]-(o:Record) WHERE type(l) IN $outgoing RETURN o
  UNION
  MATCH (r)-[l]->(o:Record) WHERE type(l) IN $incoming RETURN o
}
WITH o
WHERE NOT o:Archived
RETURN o.id AS id, head([x IN labels(o) WHERE x <> 'Record']) AS label,
       coalesce(o.name, left(coalesce(o.text, o.note, o.undertaking), 80)) AS name,
       coalesce(o.starts_on, o.held_on, o.made_on, o.adopted_on, o.since, o.said_on, o.decided_on, o.invited_on) AS since
ORDER BY label, since DESC, id
