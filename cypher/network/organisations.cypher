// One of several parts of all organisations, as one list per column; node is the database's own number, a day that is
// not known is an empty text.
// params: part: INTEGER, parts: INTEGER
// returns: node: LIST<INTEGER>, id: LIST<STRING>, name: LIST<STRING>, sector: LIST<STRING>, kind: LIST<STRING>, lat: LIST<FLOAT>, lon: LIST<FLOAT>, description: LIST<STRING>, pkd: LIST<LIST<STRING>>, active_from: LIST<STRING>, active_to: LIST<STRING>, confirmed_on: LIST<STRING>
MATCH (o:Record&Organisation)
WHERE id(o) % $parts = $part
RETURN collect(id(o)) AS node, collect(o.id) AS id, collect(coalesce(o.name, '')) AS name,
       collect(coalesce(o.sector, '')) AS sector, collect(coalesce(o.kind, '')) AS kind,
       collect(coalesce(toFloat(o.lat), NaN)) AS lat, collect(coalesce(toFloat(o.lon), NaN)) AS lon,
       collect(coalesce(o.description, '')) AS description, collect(coalesce(o.pkd, [])) AS pkd,
       collect(coalesce(toString(o.active_from), '')) AS active_from,
       collect(coalesce(toString(o.active_to), '')) AS active_to,
       collect(coalesce(toString(o.confirmed_on), '')) AS confirmed_on
