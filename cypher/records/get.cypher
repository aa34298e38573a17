// Records with the links that are fields of theirs, and the names at the other ends; not those merged into another.
// params: ids: LIST<STRING>, out: LIST<STRING>, incoming: LIST<STRING>
// returns: labels: LIST<STRING>, properties: MAP, links: LIST<MAP>
UNWIND $ids AS id
MATCH (r:Record {id: id})
RETURN
  CASE WHEN r:Archived THEN [r.archived_label] ELSE labels(r) END AS labels,
  properties(r) AS properties,
  COLLECT {
    MATCH (r)-[l]->(t)
    WHERE type(l) IN $out AND t.merged_into IS NULL
    RETURN {ref: elementId(l), type: type(l), direction: 'out', id: t.id, code: t.code, name: t.name,
            labels: CASE WHEN t:Archived THEN [t.archived_label] ELSE labels(t) END, properties: properties(l)}
  } + COLLECT {
    MATCH (r)<-[l]-(t)
    WHERE type(l) IN $incoming AND t.merged_into IS NULL
    RETURN {ref: elementId(l), type: type(l), direction: 'in', id: t.id, code: t.code, name: t.name,
            labels: CASE WHEN t:Archived THEN [t.archived_label] ELSE labels(t) END, properties: properties(l)}
  } AS links
