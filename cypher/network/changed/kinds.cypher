// Of what kinds some records are, put away or not. shared: territories and areas that others may refer to already.
// params: ids: LIST<STRING>
// returns: kind: STRING, count: INTEGER, shared: INTEGER
MATCH (r:Record)
WHERE r.id IN $ids
WITH r, coalesce(r.archived_label, head([l IN labels(r) WHERE l IN
     ['Organisation', 'Partnership', 'Meeting', 'ServiceDelivery', 'Outreach', 'Territory', 'ServiceArea']]), '') AS kind
RETURN kind, count(*) AS count,
       count(CASE WHEN kind IN ['Territory', 'ServiceArea'] AND (r:Archived OR r.version > 1) THEN 1 END) AS shared
